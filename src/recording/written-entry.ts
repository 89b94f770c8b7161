import type { ServerAnswer, Fact, JournalEntry, AnomalyReport, OperationOutcome, Reading } from "../index.ts";
import type { EntryShapes, Subject } from "./format.ts";
import type { Redactor } from "./redaction.ts";

/** An entry without what the recorder stamps on it. */
export type Unstamped = {
  readonly [Type in keyof EntryShapes]: { readonly type: Type } & EntryShapes[Type];
}[keyof EntryShapes];

/** What a journal entry becomes in a recording; nothing when it is of no use there. */
export function writtenEntry(
  entry: JournalEntry,
  redactor: Redactor,
  /** The `seq` of an operation by its key; `undefined` when its beginning is not in the recording. */
  seqOf: (key: number) => number | undefined,
): Unstamped | undefined {
  const { type, payload: told } = entry;
  switch (type) {
    case "start":
      return { type, channels: told[0] };
    case "stop":
    case "listenerFailed":
      return { type };
    case "perform": {
      const [{ operation, parameters, target }, allowed] = told;
      const on = subjectOf(target, redactor);
      const written = { type, on, operation, parameters: redactor.parameters(parameters) };
      return typeof allowed === "number" ? written : { ...written, notAllowed: allowed };
    }
    case "dismiss":
      return { type, ...redactor.part({ id: told[0] }) };
    case "channel":
      return { type, name: redactor.part({ channel: told[0] }).channel };
    case "connected":
      return { type, isAcknowledging: told[0].isAcknowledging };
    case "disconnected":
      return { type, lossReason: told[0] };
    case "stopped":
      return { type, reason: told[0] };
    case "anomaly":
      return { type, anomaly: redactOddity(told[0], redactor) };
    case "facts": {
      const [facts, anomalies = [], frame] = told;
      if (frame !== undefined) return { type: "frame", frame: redactor.part(frame) };
      return { type, ...redactFacts(facts, anomalies, redactor) };
    }
    case "list":
      return { type, ...redactReading(told[0], redactor) };
    case "answer": {
      const of = seqOf(told[0]);
      return of === undefined ? undefined : { type, of, answer: redactAnswer(told[1], redactor) };
    }
    case "timer":
      return writtenTimer(told[0], seqOf);
    case "settled": {
      const of = seqOf(told[0]);
      return of === undefined
        ? undefined
        : { type: "outcome", of, outcome: redactOutcome(told[1], redactor) };
    }
    case "notifying":
      return undefined;
  }
}

/** What an operation is performed on. */
export function subjectOf(
  target:
    | { readonly about: "interaction"; readonly id: string }
    | { readonly about: "channel"; readonly channel: string },
  redactor: Redactor,
): Subject {
  return target.about === "interaction"
    ? redactor.part({ id: target.id })
    : redactor.part({ channel: target.channel });
}

/** The timers of an operation are named by its key, which means nothing in another desk. */
function writtenTimer(name: string, seqOf: (key: number) => number | undefined): Unstamped | undefined {
  const [, kind, key] = /^(\w+) (\d+)$/.exec(name) ?? [];
  if (kind === undefined) return { type: "timer", name };
  const of = seqOf(Number(key));
  return of === undefined ? undefined : { type: "timer", name: kind, of };
}

function redactFacts(facts: readonly Fact[], anomalies: readonly AnomalyReport[], redactor: Redactor) {
  return {
    facts: redactor.part(facts),
    anomalies: anomalies.map((anomaly) => redactOddity(anomaly, redactor)),
  };
}

function redactReading(reading: Reading, redactor: Redactor): EntryShapes["list"] {
  if (reading.kind === "failed") return { failed: true };
  const { facts, anomalies, ids, bodies } = reading;
  if (bodies !== undefined) return { bodies: redactor.part(bodies) };
  return { ...redactFacts(facts, anomalies, redactor), ...redactor.part({ ids: [...ids] }) };
}

/** The message of an anomaly is the library's own and quotes nothing. */
function redactOddity(anomaly: AnomalyReport, redactor: Redactor): AnomalyReport {
  const { code, message, id, channel } = anomaly;
  return {
    code,
    message,
    ...redactor.part({ ...(id !== undefined && { id }), ...(channel !== undefined && { channel }) }),
  };
}

/** The message of a refusal is the server's, and may quote anything. */
function redactAnswer(answer: ServerAnswer, redactor: Redactor): ServerAnswer {
  if (answer.kind !== "refused" || answer.message === undefined) return answer;
  return { ...answer, message: redactor.text(answer.message) };
}

function redactOutcome(outcome: OperationOutcome, redactor: Redactor): OperationOutcome {
  const { message, interactionId } = outcome;
  return {
    ...outcome,
    ...(message !== undefined && { message: redactor.text(message) }),
    ...(interactionId !== undefined && redactor.part({ interactionId })),
  };
}
