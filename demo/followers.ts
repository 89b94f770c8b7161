import type { Desk } from "deskstate";
import { ActivityLog } from "./desk/activity-log.ts";
import { OfferTimes } from "./desk/offer-times.ts";
import { Selection } from "./desk/selection.ts";
import { FactLog } from "./inspector/fact-log.ts";

/** What is known of a desk beside what it says itself: what happened to it, and what of it is looked at. */
export interface Followers {
  readonly activity: ActivityLog;
  readonly facts: FactLog;
  readonly offers: OfferTimes;
  readonly selection: Selection;
}

/** Followers that do not follow yet. */
export function createFollowers(desk: Desk): Followers {
  const { now } = desk.journal;
  return {
    activity: new ActivityLog(desk, now),
    facts: new FactLog(desk, now),
    offers: new OfferTimes(desk, now),
    selection: new Selection(desk),
  };
}

/** @returns ends it */
export function follow({ activity, facts, offers, selection }: Followers): () => void {
  const ends = [activity, facts, offers, selection].map((follower) => follower.follow());
  return () => ends.forEach((end) => end());
}
