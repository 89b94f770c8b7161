import type { OperationRules } from "deskstate";
import { createContext, useContext, type ReactNode } from "react";
import type { DeskLogs } from "./desk-logs.ts";

/** The time that a page shows. */
export interface PageClock {
  /** Returns milliseconds since the epoch. */
  readonly now: () => number;
}

/** Everything that the parts of a page share beside the desk itself. */
export interface DemoContext {
  readonly logs: DeskLogs;
  /** The operations of the desk's dialect. */
  readonly rules: OperationRules;
  /** The agent's name as chat customers see it. */
  readonly nickname: string;
  /** Reasons for NotReady that the server accepts. */
  readonly reasons: readonly string[];
  /** Milliseconds after which the server revokes an offer; `undefined` when that is not known. */
  readonly offerTimeout: number | undefined;
  /** The clock of the desk. */
  readonly clock: PageClock;
  /** Whether it is the desk of a recording. The page then offers nothing that would send a request. */
  readonly isRecorded?: boolean;
}

const Shared = createContext<DemoContext | undefined>(undefined);

/** Provides what the parts of a page share. */
export function DemoProvider({
  children,
  ...context
}: DemoContext & { readonly children: ReactNode }): ReactNode {
  return <Shared.Provider value={context}>{children}</Shared.Provider>;
}

/** Returns what the parts of a page share. */
export function useDemoContext(): DemoContext {
  const context = useContext(Shared);
  if (context === undefined) throw new Error("A part of a page must be inside its DemoProvider.");
  return context;
}
