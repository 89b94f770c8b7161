import type { InteractionOutcome, OperationOutcome, OperationOutcomeName, Unavailability } from "deskstate";

/** How something feels. */
export type Tone = "good" | "warning" | "bad" | "quiet";

const outcomes: Readonly<Record<OperationOutcomeName, { readonly text: string; readonly tone: Tone }>> = {
  Done: { text: "done", tone: "good" },
  Refused: { text: "refused by the server", tone: "bad" },
  Revoked: { text: "too late, the server took it away first", tone: "warning" },
  Ended: { text: "too late, it ended first", tone: "warning" },
  Superseded: { text: "a later choice took its place", tone: "quiet" },
  TimedOut: { text: "not confirmed in time", tone: "warning" },
  LinkLost: { text: "not known, the connection was lost", tone: "warning" },
  Stopped: { text: "the desk was stopped first", tone: "quiet" },
  NotAllowed: { text: "not possible", tone: "warning" },
};

/** Why an operation cannot be performed, for people. */
export const unavailabilityWords: Readonly<Record<Unavailability, string>> = {
  "not-known": "this server has no such operation",
  ended: "it has ended",
  "not-live": "the desk is not live",
  "not-granted": "the server does not grant it now",
  pending: "it is under way",
  excluded: "another operation is under way",
  already: "it is so already",
  "unsafe-id": "its id cannot be part of an address",
};

/** What became of an operation, for people. */
export function outcomeWords({ outcome, reason, code, message }: OperationOutcome): {
  readonly text: string;
  readonly tone: Tone;
} {
  const { text, tone } = outcomes[outcome];
  const details = [
    code === undefined || outcome === "Done" ? "" : ` (code ${code})`,
    message === undefined || outcome === "Done" ? "" : `: ${message}`,
    reason === undefined ? "" : `: ${unavailabilityWords[reason]}`,
  ];
  return { text: text + details.join(""), tone };
}

/** What to say of an interaction that ended without the agent's doing; `undefined` for every other end. */
export function endingWords(outcome: InteractionOutcome): string | undefined {
  if (outcome === "Revoked") return "revoked: the server took it away";
  if (outcome === "Gone") return "gone: the server’s list has it no more";
  return undefined;
}

/** A name of the server's in words: `StopProcessing` becomes `Stop processing`. */
export function inWords(name: string): string {
  const words = name.replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
