import type { AnomalyReport, Desk, Fact } from "deskstate";
import { gws851 } from "deskstate/gws";
import type { Entry, EntryShapes, Recording } from "deskstate/recording";
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

const texts: {
  readonly [Type in keyof EntryShapes]: (entry: EntryShapes[Type], context: Context) => string;
} = {
  start: ({ channels }) => `The desk was started with ${channels.join(" and ")}`,
  stop: () => "The desk was stopped",
  perform: ({ on, operation, notAllowed }, context) => {
    const subject = "id" in on ? nameOf(on.id, context) : humanize(on.channel);
    const reason = notAllowed && `, which is not possible: ${unavailabilityText(notAllowed)}`;
    return `${operationText(operation)} requested: ${subject}${reason ?? ""}`;
  },
  dismiss: ({ id }, context) => `${nameOf(id, context)} was dismissed`,
  channel: ({ name }) => `The application read the channel ${sanitizeLine(name)}`,
  connected: () => "The link is connected",
  disconnected: ({ lossReason }) => `The connection was lost: ${lossReasonText(lossReason)}`,
  stopped: ({ reason }) => `The link stopped: ${reason}`,
  anomaly: ({ anomaly }) => anomalyText(anomaly),
  frame: ({ frame }, context) => messageText(gws851.decode(frame), context),
  facts: (message, context) => messageText(message, context),
  list: (list) => `The server’s list ${"failed" in list ? "could not be read" : "was read"}`,
  answer: ({ of, answer }, context) => `${operationOf(of, context)}: ${answers[answer.kind]}`,
  timer: ({ name, of }, context) =>
    of === undefined
      ? (timers[name] ?? `The timer ${name} ran`)
      : `${operationOf(of, context)} ${timers[name] ?? "has a timer that ran"}`,
  listenerFailed: () => "A listener of the desk threw an error",
  outcome: ({ outcome }) => `${operationText(outcome.operation)}: ${outcomeText(outcome)}`,
  checkpoint: () => "The state of the desk when this recording begins",
};

/** Returns what happened in a step, in words for people. */
export function stepText(step: Step, { entries }: Pick<Recording, "entries">, desk: Context["desk"]): string {
  const all = step.map((entry) => entryText(entry, { desk, entries }));
  const more = all.length - maxNamed;
  return all.slice(0, maxNamed).join(" · ") + (more > 0 ? ` · and ${more} more` : "");
}

/** Returns an entry in words for people. */
export function entryText<Type extends keyof EntryShapes>(
  entry: { readonly type: Type } & EntryShapes[Type],
  context: Context,
): string {
  return texts[entry.type](entry, context);
}

function messageText(
  { facts, anomalies }: { readonly facts: readonly Fact[]; readonly anomalies: readonly AnomalyReport[] },
  context: Context,
): string {
  const all = [...facts.map((fact) => factText(fact, context)), ...anomalies.map(anomalyText)];
  return all.length === 0 ? "A message without facts" : all.join(", ");
}

function factText(fact: Fact, context: Context): string {
  const channel = fact.channel === undefined ? "Every channel" : `Channel ${sanitizeLine(fact.channel)}`;
  const name = fact.about === "interaction" ? nameOf(fact.id, context) : channel;
  return `${name}: ${humanize(fact.change).toLowerCase()}`;
}

function anomalyText({ message }: AnomalyReport): string {
  return `Anomaly: ${sanitizeLine(message)}`;
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
