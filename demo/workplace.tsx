import type { Desk, OperationRules } from "deskstate";
import { createContext, useContext, useEffect, useMemo, type ReactNode } from "react";
import { ActivityLog } from "./desk/activity-log.ts";
import { OfferTimes } from "./desk/offer-times.ts";
import { Selection } from "./desk/selection.ts";
import { FactLog } from "./inspector/fact-log.ts";

/** What a page knows about the desk that it shows. */
export interface WorkplaceOptions {
  readonly desk: Desk;
  /** The operations there are, by the dialect of the desk's link. */
  readonly rules: OperationRules;
  /** What chat customers see as the agent's name. */
  readonly nickname: string;
  /** Reasons for NotReady that the server knows. */
  readonly reasons: readonly string[];
  /** Milliseconds after which the server revokes an offer; `undefined` when that is not known. */
  readonly offerTimeout: number | undefined;
}

/** What the parts of a page share. */
export interface Workplace extends WorkplaceOptions {
  readonly activity: ActivityLog;
  readonly facts: FactLog;
  readonly offers: OfferTimes;
  readonly selection: Selection;
}

const Shared = createContext<Workplace | undefined>(undefined);

/** Follows the desk for the parts of a page below. */
export function WorkplaceProvider({
  children,
  ...options
}: WorkplaceOptions & { readonly children: ReactNode }): ReactNode {
  const { desk } = options;
  const followers = useMemo(
    () => ({
      activity: new ActivityLog(desk),
      facts: new FactLog(desk),
      offers: new OfferTimes(desk),
      selection: new Selection(desk),
    }),
    [desk],
  );
  useEffect(() => {
    const ends = Object.values(followers).map((follower) => follower.follow());
    return () => ends.forEach((end) => end());
  }, [followers]);
  return <Shared.Provider value={{ ...options, ...followers }}>{children}</Shared.Provider>;
}

export function useWorkplace(): Workplace {
  const shared = useContext(Shared);
  if (shared === undefined) throw new Error("This is part of a page, inside its WorkplaceProvider.");
  return shared;
}
