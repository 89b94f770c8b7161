import type { Desk } from "deskstate";

/** How far a visitor has come: 0 is the first step. */
export type GuideStep = 0 | 1 | 2 | 3;

/** What to do next, by what the desk shows. */
export function guideStep({
  channels,
  interactions,
  ended,
}: Pick<Desk, "channels" | "interactions" | "ended">): GuideStep {
  const live = interactions.getSnapshot();
  const over = ended.getSnapshot();
  if (live.some(({ state }) => state !== "Invited") || over.some(({ outcome }) => outcome !== "Revoked"))
    return 3;
  if (live.length > 0) return 2;
  return channels.getSnapshot().some(({ state }) => state === "Ready") ? 1 : 0;
}
