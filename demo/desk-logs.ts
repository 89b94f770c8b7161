import type { Desk } from "deskstate";
import { useEffect, useMemo } from "react";
import { ActivityLog } from "./desk/activity-log.ts";
import { OfferTimes } from "./desk/offer-times.ts";
import { Selection } from "./desk/selection.ts";
import { FactLog } from "./inspector/fact-log.ts";

/** What a page knows of a desk beside its snapshots: its history, and the interaction that is selected. */
export interface DeskLogs {
  readonly activity: ActivityLog;
  readonly facts: FactLog;
  readonly offers: OfferTimes;
  readonly selection: Selection;
  /** Texts that the agent has written and not sent. */
  readonly drafts: Map<string, string>;
}

/** Returns logs that do not follow the desk yet. */
export function createDeskLogs(desk: Desk): DeskLogs {
  const { now } = desk.journal;
  return {
    activity: new ActivityLog(desk, now),
    facts: new FactLog(desk, now),
    offers: new OfferTimes(desk, now),
    selection: new Selection(desk),
    drafts: new Map(),
  };
}

/** Starts to follow the desk. @returns stops it */
export function followDesk({ activity, facts, offers, selection }: DeskLogs): () => void {
  const stops = [activity, facts, offers, selection].map((log) => log.follow());
  return () => stops.forEach((stop) => stop());
}

/** Follows a desk while mounted, whether the component is visible or not. */
export function useDeskLogs(desk: Desk): DeskLogs {
  const logs = useMemo(() => createDeskLogs(desk), [desk]);
  useEffect(() => followDesk(logs), [logs]);
  return logs;
}
