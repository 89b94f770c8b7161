import type {
  AnomalyReport,
  ChannelFact,
  ConnectionSnapshot,
  Fact,
  InteractionFact,
  JournaledOperation,
  LossReason,
  OperationOutcome,
  ServerAnswer,
  StopReason,
  Unavailability,
} from "../index.ts";
import {
  either,
  exactly,
  isPlainObject,
  isText,
  leaf,
  listOf,
  maybe,
  nullable,
  objectOf,
  optional,
  oneOf,
  type Field,
  type Redactor,
  type Shape,
  type ValueOf,
} from "./schema.ts";

/*
 * A recording is newline-delimited JSON: a header on the first line, then one entry per line in the order in which
 * things took effect. docs/recording.md describes it for people. This is the only place that lists the fields: the types,
 * the checks of the reader and the redaction of the writer follow from it.
 */

export const format = "deskstate-recording";
/** Raised when an older reader could not read a newer recording. */
export const version = 2;

const text = leaf<string>(isText);
const id = leaf<string>(isText, "id");
const topic = leaf<string>(isText, "topic");
const word = leaf<string>(isText, "word");
const privateText = leaf<string>(isText, "nothing");
const whole = leaf<number>(Number.isSafeInteger);
const number = leaf<number>(Number.isFinite);
const flag = leaf<boolean>((value) => typeof value === "boolean");

const lossReason = oneOf<LossReason>()(
  "network timeout server-error unexpected-content session-lost silence subscription authentication",
);
const unavailability = oneOf<Unavailability>()(
  "not-known ended not-live not-granted pending excluded already unsafe-id",
);

const anomaly: Field<AnomalyReport> = objectOf({
  code: leaf<AnomalyReport["code"]>(isText),
  // The library's own, which quotes nothing.
  message: text,
  id: optional(id),
  channel: optional(topic),
} satisfies Shape<AnomalyReport>);

const interactionFact: Field<InteractionFact> = objectOf({
  about: exactly("interaction"),
  id,
  channel: maybe(topic),
  change: oneOf<InteractionFact["change"]>()(
    "Invited Accepted Composing Left PropertiesChanged StateUnknown Revoked Completed Sent Canceled Missing",
  ),
  state: maybe(word),
  capabilities: maybe(listOf(word)),
  // Which fields there are depends on the kinds of the desk; their merging takes anything.
  known: leaf<InteractionFact["known"]>(isPlainObject, "part"),
} satisfies Shape<InteractionFact>);
const channelFact: Field<ChannelFact> = objectOf({
  about: exactly("channel"),
  channel: maybe(topic),
  change: oneOf<ChannelFact["change"]>()("Ready NotReady StateUnknown PropertiesChanged"),
  state: maybe(word),
  reason: nullable(privateText),
  doNotDisturb: maybe(flag),
} satisfies Shape<ChannelFact>);
const facts = listOf<Fact>(either(interactionFact, channelFact));
const anomalies = listOf(anomaly);

const answer: Field<ServerAnswer> = either(
  objectOf({
    kind: oneOf<Exclude<ServerAnswer["kind"], "refused">>()("acknowledged unauthenticated unanswered"),
  }),
  // The message of a refusal is the server's, and may quote anything.
  objectOf({ kind: exactly("refused"), code: maybe(number), message: maybe(privateText) }),
);
const outcome: Field<OperationOutcome> = objectOf({
  operation: text,
  outcome: leaf<OperationOutcome["outcome"]>(isText),
  reason: optional(unavailability),
  code: optional(number),
  message: optional(privateText),
  interactionId: optional(id),
} satisfies Shape<OperationOutcome>);

const operation = {
  /** The interaction or channel that it is performed on. */
  on: either(objectOf({ id }), objectOf({ channel: topic })),
  operation: text,
  parameters: leaf<Readonly<Record<string, unknown>>>(isPlainObject, "parameters"),
};

/** An operation that is pending at a checkpoint. */
const pending = objectOf({
  /** The entry with which it was performed; below 0 when that is not in the recording. */
  of: whole,
  ...operation,
  /** The answer of the server; `sent` means none yet. */
  phase: oneOf<JournaledOperation["phase"]>()("sent acknowledged unanswered"),
  /** The number of times that it was sent. */
  sends: whole,
  /** Whether it waits to be sent again. */
  isToRepeat: flag,
  /** Whether its time is up, but the connection was not there to ask for its outcome. */
  isOverdue: flag,
});

/** The desk as it stood, as far as a replay can restore it. */
const checkpoint = objectOf({
  /** The channels that the desk was started with. */
  started: listOf(text),
  /** Whether no list was being read. Otherwise a replay does not know which notifications came since it was asked for. */
  isQuiet: flag,
  /** When the server's list was last asked for, in milliseconds since `startedAt`. */
  lastRead: number,
  connection: objectOf({
    state: oneOf<ConnectionSnapshot["state"]>()("Offline Connecting CatchingUp Live Recovering Stopped"),
    lossReason: nullable(lossReason),
    failures: whole,
    isAcknowledging: nullable(flag),
    stopReason: nullable(oneOf<StopReason>()("stop authentication-failed connection-refused")),
  }),
  /** The known data of the channels and, in the order in which they came, of the interactions. */
  facts,
  /** The invitations in their order. */
  invited: listOf(id),
  /** The outcomes of ended interactions. */
  endings: listOf(objectOf({ id, outcome: nullable(text) })),
  /** Interactions that were dismissed. */
  dismissed: listOf(id),
  pending: listOf(pending),
});

/** The entries by `type`. `of` is the `seq` of the entry with which the operation was performed. */
const shapes = {
  start: objectOf({ channels: listOf(text) }),
  stop: objectOf({}),
  /** With `notAllowed`, nothing was sent. */
  perform: objectOf({ ...operation, notAllowed: optional(unavailability) }),
  dismiss: objectOf({ id }),
  /** The application asked for a channel of which nothing was known. */
  channel: objectOf({ name: topic }),
  connected: objectOf({ isAcknowledging: flag }),
  disconnected: objectOf({ lossReason }),
  stopped: objectOf({
    reason: oneOf<Exclude<StopReason, "stop">>()("authentication-failed connection-refused"),
  }),
  anomaly: objectOf({ anomaly }),
  /** One element of a Bayeux array, as the link handed it to the dialect. The dialect takes anything. */
  frame: objectOf({ frame: leaf<unknown>((value) => value !== undefined, "part") }),
  /** A delivery of a link that has no frames. */
  facts: objectOf({ facts, anomalies }),
  /** The server's list: its bodies in the order of the dialect's lists, `null` where the server has none. */
  list: either(
    objectOf({ bodies: leaf<readonly unknown[]>(Array.isArray, "part") }),
    objectOf({ facts, anomalies, ids: listOf(id) }),
    objectOf({ failed: exactly(true) }),
  ),
  answer: objectOf({ of: whole, answer }),
  timer: objectOf({ name: text, of: optional(whole) }),
  /** A listener threw. */
  listenerFailed: objectOf({}),
  /** The outcome of an operation: no cause, but compared with that of the replay. */
  outcome: objectOf({ of: whole, outcome }),
  /** A replay may begin here. */
  checkpoint,
};

const stamp = objectOf({
  /** Counts from 1; in a recording whose beginning was dropped it begins higher. */
  seq: leaf<number>((value) => Number.isSafeInteger(value) && (value as number) > 0),
  /** Milliseconds since `startedAt`. */
  t: number,
  /**
   * Its place, when it happened within what an earlier entry caused: the number of rounds of notifications until then,
   * and the number of entries that were still taking effect. In a recording of version 1, only the number of
   * notifications of a desk of that time.
   */
  in: optional(
    either(
      leaf<readonly [notificationIndex: number, nesting: number]>(
        (value) => Array.isArray(value) && value.length === 2 && value.every(Number.isSafeInteger),
      ),
      objectOf({ point: whole }),
    ),
  ),
});

const header = objectOf({
  format: exactly(format),
  version: exactly(version),
  /** Which dialect reads the frames. */
  dialect: text,
  /** Milliseconds since the epoch, from the desk's clock. */
  startedAt: number,
  /**
   * The protection of customer data.
   *
   * - `masked`: the texts and names of customers and agents are replaced; equal values stay equal within the recording.
   * - `pseudonyms`: the same with a secret, so that values stay equal across recordings made with that secret.
   * - `clear`: nothing is replaced.
   */
  redaction: oneOf<"masked" | "pseudonyms" | "clear">()("masked pseudonyms clear"),
  /** The number of ended interactions that the desk kept. */
  keepEnded: leaf<number>(
    (value) => Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= 100_000,
  ),
});

/** The first line. */
export type Header = ValueOf<typeof header>;
/** The protection of customer data in a recording. */
export type RecordingRedaction = Header["redaction"];
/** The fields of every entry. */
export type Stamp = ValueOf<typeof stamp>;
/** The interaction or channel that an operation is performed on. */
export type Subject = ValueOf<(typeof operation)["on"]>;
/** An operation that is pending at a checkpoint. */
export type PendingEntry = ValueOf<typeof pending>;
/** The desk as it stood, as far as a replay can restore it. */
export type Checkpoint = ValueOf<typeof checkpoint>;
/** The shapes of entries by `type`. */
export type EntryShapes = { readonly [Type in keyof typeof shapes]: ValueOf<(typeof shapes)[Type]> };
/** An entry without its stamp. */
export type Unstamped = {
  readonly [Type in keyof EntryShapes]: { readonly type: Type } & EntryShapes[Type];
}[keyof EntryShapes];
/** One entry of a recording. */
export type Entry = {
  readonly [Type in keyof EntryShapes]: Stamp & { readonly type: Type } & EntryShapes[Type];
}[keyof EntryShapes];

/** Returns the field of a header that is missing or invalid; `undefined` when there is none. */
export function headerFault(value: unknown): string | undefined {
  return header.fault(value)?.slice(1);
}

/** Returns the field of an entry that is missing or invalid, such as `on.id`; `undefined` when there is none. */
export function entryFault(value: unknown): string | undefined {
  const fault = stamp.fault(value);
  if (fault !== undefined) return fault.slice(1);
  const { type } = value as { readonly type?: unknown };
  if (typeof type !== "string" || !Object.hasOwn(shapes, type)) return "type";
  return shapes[type as keyof EntryShapes].fault(value)?.slice(1);
}

/** Returns an entry as a recording may hold it. */
export function redactEntry(entry: Unstamped, redactor: Redactor): Unstamped {
  const shape: Field<object> = shapes[entry.type];
  return { type: entry.type, ...shape.redact(entry, redactor) } as Unstamped;
}
