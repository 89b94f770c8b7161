import type { Desk, OperationOutcome, OperationRequest } from "deskstate";
import { humanize, interactionTitle } from "deskstate/text";
import { useEffect, useMemo } from "react";
import { ActivityLog } from "./desk/activity-log.ts";
import { OfferTimes } from "./desk/offer-times.ts";
import { Selection } from "./desk/selection.ts";
import { FactLog } from "./inspector/fact-log.ts";

/** The history of a desk beside its snapshots, and the interaction that is selected. */
export interface DeskLogs {
  readonly activity: ActivityLog;
  readonly facts: FactLog;
  readonly offers: OfferTimes;
  readonly selection: Selection;
  /** Texts that the agent has written and not sent. */
  readonly drafts: Map<string, string>;
  /** Starts to follow the desk. @returns stops it */
  readonly follow: () => () => void;
}

/**
 * Returns logs that do not follow the desk yet.
 *
 * @param isRecorded - whether it is the desk of a recording, whose operations move no focus.
 */
export function createDeskLogs(desk: Desk, { isRecorded = false } = {}): DeskLogs {
  const activity = new ActivityLog(desk);
  const facts = new FactLog(desk);
  const offers = new OfferTimes(desk);
  const selection = new Selection(desk);
  const goOnWith = isRecorded ? selection.suggest : selection.visit;
  const follow = () => {
    const stops = [activity, facts, offers, selection].map((log) => log.follow());
    stops.push(logOperations(desk, activity, goOnWith));
    return () => stops.forEach((stop) => stop());
  };
  return { activity, facts, offers, selection, drafts: new Map(), follow };
}

/** Follows a desk while mounted, whether the component is visible or not. */
export function useDeskLogs(desk: Desk): DeskLogs {
  const logs = useMemo(() => createDeskLogs(desk), [desk]);
  useEffect(() => logs.follow(), [logs]);
  return logs;
}

/** Notices that an agent types are not worth a line in a log. */
const unlogged = "SendNotification";

/**
 * Logs the operations of a desk.
 *
 * @param goOnWith - called with the interaction that an agent works on after an operation.
 * @returns stops it
 */
function logOperations(desk: Desk, activity: ActivityLog, goOnWith: (id: string) => void): () => void {
  const pending = new Map<number, (outcome: OperationOutcome) => void>();
  return desk.journal.subscribe(({ type, payload }) => {
    if (type === "perform") {
      const [request, allowed] = payload;
      const { operation } = request;
      if (operation === unlogged) return;
      const settle = activity.begin(subjectOf(request, desk), operation);
      if (typeof allowed !== "number") return settle({ operation, outcome: "NotAllowed", reason: allowed });
      pending.set(allowed, (outcome) => {
        settle(outcome);
        const next = outcome.outcome === "Done" ? nextOf(request, outcome, desk) : undefined;
        if (next !== undefined) goOnWith(next);
      });
    } else if (type === "settled") {
      const [key, outcome] = payload;
      pending.get(key)?.(outcome);
      pending.delete(key);
    }
  });
}

function subjectOf({ target }: OperationRequest, desk: Desk): string {
  if (target.about === "channel") return humanize(target.channel);
  const interaction = desk.interaction(target.id);
  return interaction === undefined ? target.id : interactionTitle(interaction.getSnapshot());
}

/** Returns the id of the interaction that is worked on after an operation, where that changes. */
function nextOf(
  { operation, target }: OperationRequest,
  { interactionId }: OperationOutcome,
  desk: Desk,
): string | undefined {
  if (target.about === "channel") return undefined;
  if (operation === "Accept") return target.id;
  // After a reply, the email that it answers is finished.
  const isOverWithReply = operation === "Send" || operation === "Cancel";
  return isOverWithReply ? desk.interaction(target.id)?.getSnapshot().parentId : interactionId;
}
