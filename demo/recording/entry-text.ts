import type { AnomalyReport, Desk, Fact } from "deskstate";
import { gws851 } from "deskstate/gws";
import type { Entry, Recording, Subject } from "deskstate/recording";
import {
  humanize,
  interactionTitle,
  lossReasonText,
  operationText,
  outcomeText,
  sanitizeLine,
  unavailabilityText,
} from "deskstate/text";
import type { Step } from "./replay-run.ts";

/** The sources of names: the desk at that moment, and the operations that answers are about. */
interface Context {
  readonly desk: Pick<Desk, "interaction">;
  readonly entries: readonly Entry[];
}

const timers: Readonly<Record<string, string>> = {
  timeout: "was not confirmed in time",
  repeat: "is sent again",
  overdue: "is still not confirmed",
  retry: "The server’s list is to be read again",
  pause: "The server’s list may be read again",
};
const answers = {
  acknowledged: "the server has passed it on",
  refused: "the server refused it",
  unauthenticated: "the server requires a new sign-in",
  unanswered: "the server did not answer",
} as const;
const maxNamed = 3;

/** Returns what happened in a step, in words for people. */
export function stepText(
  { range }: Step,
  { entries }: Pick<Recording, "entries">,
  desk: Context["desk"],
): string {
  const texts = entries.slice(...range).map((entry) => entryText(entry, { desk, entries }));
  const more = texts.length - maxNamed;
  return texts.slice(0, maxNamed).join(" · ") + (more > 0 ? ` · and ${more} more` : "");
}

/** Returns an entry in words for people. */
export function entryText(entry: Entry, context: Context): string {
  switch (entry.type) {
    case "start":
      return `The desk was started with ${entry.channels.join(" and ")}`;
    case "stop":
      return "The desk was stopped";
    case "perform": {
      const request = `${operationText(entry.operation)} requested: ${subjectText(entry.on, context)}`;
      return entry.notAllowed === undefined
        ? request
        : `${request}, which is not possible: ${unavailabilityText(entry.notAllowed)}`;
    }
    case "dismiss":
      return `${nameOf(entry.id, context)} was dismissed`;
    case "channel":
      return `The application read the channel ${sanitizeLine(entry.name)}`;
    case "connected":
      return "The link is connected";
    case "disconnected":
      return `The connection was lost: ${lossReasonText(entry.lossReason)}`;
    case "stopped":
      return `The link stopped: ${entry.reason}`;
    case "anomaly":
      return anomalyText(entry.anomaly);
    case "frame":
      return messageText(gws851.decode(entry.frame), context);
    case "facts":
      return messageText(entry, context);
    case "list":
      return "failed" in entry ? "The server’s list could not be read" : "The server’s list was read";
    case "answer":
      return `${operationOf(entry.of, context)}: ${answers[entry.answer.kind]}`;
    case "timer":
      return entry.of === undefined
        ? (timers[entry.name] ?? `The timer ${entry.name} ran`)
        : `${operationOf(entry.of, context)} ${timers[entry.name] ?? "has a timer that ran"}`;
    case "listenerFailed":
      return "A listener of the desk threw an error";
    case "outcome":
      return `${operationText(entry.outcome.operation)}: ${outcomeText(entry.outcome)}`;
    case "checkpoint":
      return "The state of the desk when this recording begins";
  }
}

function messageText(
  { facts, anomalies }: { readonly facts: readonly Fact[]; readonly anomalies: readonly AnomalyReport[] },
  context: Context,
): string {
  const texts = [...facts.map((fact) => factText(fact, context)), ...anomalies.map(anomalyText)];
  return texts.length === 0 ? "A message without facts" : texts.join(", ");
}

function factText(fact: Fact, context: Context): string {
  const name =
    fact.about === "interaction"
      ? nameOf(fact.id, context)
      : fact.channel === undefined
        ? "Every channel"
        : `Channel ${sanitizeLine(fact.channel)}`;
  return `${name}: ${humanize(fact.change).toLowerCase()}`;
}

function anomalyText({ message }: AnomalyReport): string {
  return `Anomaly: ${sanitizeLine(message)}`;
}

function subjectText(subject: Subject, context: Context): string {
  return "id" in subject ? nameOf(subject.id, context) : humanize(subject.channel);
}

/** Returns the name of an interaction as the page shows it, as far as it is known at that moment. */
function nameOf(id: string, { desk }: Context): string {
  const snapshot = desk.interaction(id)?.getSnapshot();
  if (snapshot === undefined) return `Interaction ${sanitizeLine(id)}`;
  const title = interactionTitle(snapshot);
  return `${humanize(snapshot.channel)} “${title === "" ? sanitizeLine(id) : title}”`;
}

/** Returns the name of the operation that an entry began, by its `seq`. */
function operationOf(seq: number, { entries }: Context): string {
  const began = entries[seq - (entries[0]?.seq ?? 1)];
  return began?.type === "perform" ? operationText(began.operation) : "An earlier operation";
}
