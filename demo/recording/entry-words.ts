import type { AnySnapshot, Desk, Fact, AnomalyReport } from "deskstate";
import { gws851 } from "deskstate/gws";
import type { Entry, Recording, Subject } from "deskstate/recording";
import { lossReasonText } from "deskstate/text";
import { interactionTitle as titleOf } from "deskstate/text";
import { sanitizeLine as plain } from "deskstate/text";
import { inWords, outcomeWords, unavailabilityWords } from "../desk/words.ts";
import type { Step } from "./steps.ts";

/** Where words for entries come from: what the desk knows by then, and the operations that answers are about. */
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
const maxNamed = 3;

/** What happened in a step, for people. */
export function stepWords(
  { places }: Step,
  { entries }: Pick<Recording, "entries">,
  desk: Context["desk"],
): string {
  const words = entries.slice(...places).map((entry) => entryWords(entry, { desk, entries }));
  const more = words.length - maxNamed;
  return words.slice(0, maxNamed).join(" · ") + (more > 0 ? ` · and ${more} more` : "");
}

/** What an entry says, for people. */
export function entryWords(entry: Entry, context: Context): string {
  switch (entry.type) {
    case "start":
      return `The desk was started with ${entry.channels.join(" and ")}`;
    case "stop":
      return "The desk was stopped";
    case "perform": {
      const asked = `${inWords(entry.operation)} asked for: ${subjectWords(entry.on, context)}`;
      return entry.notAllowed === undefined
        ? asked
        : `${asked}, which is not possible: ${unavailabilityWords[entry.notAllowed]}`;
    }
    case "dismiss":
      return `${nameOf(entry.id, context)} was dismissed`;
    case "channel":
      return `The desk was asked for its channel ${plain(entry.name)}`;
    case "connected":
      return "The link is connected";
    case "disconnected":
      return `The connection was lost: ${lossReasonText(entry.lossReason)}`;
    case "stopped":
      return `The link stopped: ${entry.reason}`;
    case "anomaly":
      return oddityWords(entry.anomaly);
    case "frame":
      return toldWords(gws851.decode(entry.frame), context);
    case "facts":
      return toldWords(entry, context);
    case "list":
      return "failed" in entry ? "The server’s list could not be read" : "The server’s list was read";
    case "answer":
      return `${operationOf(entry.of, context)}: ${answers[entry.answer.kind]}`;
    case "timer":
      return entry.of === undefined
        ? (timers[entry.name] ?? `The timer ${entry.name} ran`)
        : `${operationOf(entry.of, context)} ${timers[entry.name] ?? "has a timer that ran"}`;
    case "listenerFailed":
      return "An observer of the desk threw";
    case "outcome":
      return `${inWords(entry.outcome.operation)}: ${plain(outcomeWords(entry.outcome).text)}`;
    case "checkpoint":
      return "The desk as it stood when this recording begins";
  }
}

const answers = {
  acknowledged: "the server has passed it on",
  refused: "the server refused it",
  unauthenticated: "the server does not know who asks",
  unanswered: "the server did not answer",
} as const;

/** What a message of the server told. */
function toldWords(
  { facts, anomalies }: { readonly facts: readonly Fact[]; readonly anomalies: readonly AnomalyReport[] },
  context: Context,
): string {
  const told = [...facts.map((fact) => factWords(fact, context)), ...anomalies.map(oddityWords)];
  return told.length === 0 ? "A message that tells of nothing" : told.join(", ");
}

function factWords(fact: Fact, context: Context): string {
  const name =
    fact.about === "interaction"
      ? nameOf(fact.id, context)
      : fact.channel === undefined
        ? "Every channel"
        : `Channel ${plain(fact.channel)}`;
  return `${name}: ${inWords(fact.change).toLowerCase()}`;
}

function oddityWords({ message }: AnomalyReport): string {
  return `Something odd: ${plain(message)}`;
}

function subjectWords(subject: Subject, context: Context): string {
  return "id" in subject ? nameOf(subject.id, context) : inWords(plain(subject.channel));
}

/** An interaction as the page calls it, as far as it is known by then. */
function nameOf(id: string, { desk }: Context): string {
  const snapshot: AnySnapshot | undefined = desk.interaction(id)?.getSnapshot();
  if (snapshot === undefined) return `Interaction ${plain(id)}`;
  const title = titleOf(snapshot);
  return `${inWords(snapshot.channel)} “${title === "" ? plain(id) : title}”`;
}

/** The operation that an entry began, by its `seq`. */
function operationOf(seq: number, { entries }: Context): string {
  const began = entries[seq - (entries[0]?.seq ?? 1)];
  return began?.type === "perform" ? inWords(began.operation) : "An operation from before";
}
