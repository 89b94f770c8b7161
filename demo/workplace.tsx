import type { Desk, OperationRules } from "deskstate";
import { createContext, useContext, useEffect, useMemo, type ReactNode } from "react";
import { createFollowers, follow, type Followers } from "./followers.ts";
import type { PageClock } from "./use-now.ts";

/** What a page knows about the desk that it shows. */
export interface WorkplaceOptions {
  /** What is known of the desk beside what it says itself. */
  readonly followers: Followers;
  /** The operations there are, by the dialect of the desk's link. */
  readonly rules: OperationRules;
  /** What chat customers see as the agent's name. */
  readonly nickname: string;
  /** Reasons for NotReady that the server knows. */
  readonly reasons: readonly string[];
  /** Milliseconds after which the server revokes an offer; `undefined` when that is not known. */
  readonly offerTimeout: number | undefined;
  /** The time that the desk goes by. */
  readonly clock: PageClock;
  /** Is it the desk of a recording? It is looked at: the page then offers nothing that would be asked of a server. */
  readonly isRecorded?: boolean;
}

/** What the parts of a page share. */
export interface Workplace extends Omit<WorkplaceOptions, "followers">, Followers {
  readonly isRecorded: boolean;
}

const Shared = createContext<Workplace | undefined>(undefined);

/** Gives the parts of a page below what they share. */
export function WorkplaceProvider({
  children,
  followers,
  isRecorded = false,
  ...options
}: WorkplaceOptions & { readonly children: ReactNode }): ReactNode {
  return <Shared.Provider value={{ ...options, ...followers, isRecorded }}>{children}</Shared.Provider>;
}

export function useWorkplace(): Workplace {
  const shared = useContext(Shared);
  if (shared === undefined) throw new Error("This is part of a page, inside its WorkplaceProvider.");
  return shared;
}

/** Follows a desk while mounted, whether it is shown or not. */
export function useFollowers(desk: Desk): Followers {
  const followers = useMemo(() => createFollowers(desk), [desk]);
  useEffect(() => follow(followers), [followers]);
  return followers;
}
