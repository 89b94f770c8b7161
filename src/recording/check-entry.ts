import type { ServerAnswer, ChannelFact, InteractionFact, LossReason, StopReason } from "../index.ts";
import type { Checkpoint, Entry, EntryShapes, Header, PendingEntry } from "./format.ts";

type Check = (value: unknown) => boolean;

/** Is this the header of a recording of the present version? */
export function isHeader(value: object): value is Header {
  return header(value);
}

/** Is this an entry? Of what a server sent only the place is checked: the dialect takes anything. */
export function isEntry(value: unknown): value is Entry {
  const { type } = (value ?? {}) as { readonly type?: unknown };
  if (!stamp(value) || typeof type !== "string" || !Object.hasOwn(shapes, type)) return false;
  return shapes[type as keyof EntryShapes](value);
}

const text: Check = (value) => typeof value === "string";
const whole: Check = Number.isSafeInteger;
const flag: Check = (value) => typeof value === "boolean";
const number: Check = Number.isFinite;
const anything: Check = (value) => value !== undefined;
const fields: Check = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);
const exactly =
  (only: unknown): Check =>
  (value) =>
    value === only;
/** One word of a closed list. With a word that is missing or that is none, this does not compile. */
export const wordOf =
  <Words extends string>(words: Readonly<Record<Words, true>>): Check =>
  (value) =>
    typeof value === "string" && Object.hasOwn(words, value);
const either =
  (...checks: readonly Check[]): Check =>
  (value) =>
    checks.some((check) => check(value));
const optional = (check: Check): Check => either(exactly(undefined), check);
const orNull = (check: Check): Check => either(exactly(null), check);
const has =
  (checks: Readonly<Record<string, Check>>): Check =>
  (value) =>
    fields(value) &&
    Object.entries(checks).every(([name, check]) =>
      check(Object.hasOwn(value as object, name) ? (value as Record<string, unknown>)[name] : undefined),
    );

const lossReason = wordOf<LossReason>({
  network: true,
  timeout: true,
  "server-error": true,
  "unexpected-content": true,
  "session-lost": true,
  silence: true,
  subscription: true,
  authentication: true,
});
const refusals: Readonly<Record<EntryShapes["stopped"]["reason"], true>> = {
  "authentication-failed": true,
  "connection-refused": true,
};
const subject = either(has({ id: text }), has({ channel: text }));
const anomaly = has({ code: text, message: text, id: optional(text), channel: optional(text) });
const texts = listOf(text);
const fact = either(
  has({
    about: exactly("interaction"),
    id: text,
    channel: optional(text),
    change: wordOf<InteractionFact["change"]>({
      Invited: true,
      Accepted: true,
      Composing: true,
      Left: true,
      PropertiesChanged: true,
      StateUnknown: true,
      Revoked: true,
      Completed: true,
      Sent: true,
      Canceled: true,
      Missing: true,
    }),
    state: optional(text),
    capabilities: optional(texts),
    known: has({
      userData: optional(fields),
      inQueues: optional(fields),
      outQueues: optional(fields),
      email: optional(fields),
      latestEventId: optional(whole),
      events: optional(Array.isArray),
      raw: optional(fields),
    }),
  }),
  has({
    about: exactly("channel"),
    channel: optional(text),
    change: wordOf<ChannelFact["change"]>({
      Ready: true,
      NotReady: true,
      StateUnknown: true,
      PropertiesChanged: true,
    }),
    state: optional(text),
    reason: orNull(text),
    doNotDisturb: optional(flag),
  }),
);
const answer = either(
  has({
    kind: wordOf<Exclude<ServerAnswer["kind"], "refused">>({
      acknowledged: true,
      unauthenticated: true,
      unanswered: true,
    }),
  }),
  has({ kind: exactly("refused"), code: optional(number), message: optional(text) }),
);
const operation = { on: subject, operation: text, parameters: fields };

const header = has({
  dialect: text,
  startedAt: number,
  redaction: wordOf<Header["redaction"]>({ masked: true, pseudonyms: true, clear: true }),
  keepEnded: (value) => whole(value) && (value as number) >= 0 && (value as number) <= 100_000,
});
const stamp = has({
  seq: (value) => whole(value) && (value as number) > 0,
  t: number,
  in: optional((value) => listOf(whole)(value) && (value as unknown[]).length === 2),
});
const shapes: Readonly<Record<keyof EntryShapes, Check>> = {
  start: has({ channels: texts }),
  stop: fields,
  perform: has({ ...operation, notAllowed: optional(text) }),
  dismiss: has({ id: text }),
  channel: has({ name: text }),
  connected: has({ isAcknowledging: flag }),
  disconnected: has({ lossReason }),
  stopped: has({ reason: wordOf<EntryShapes["stopped"]["reason"]>(refusals) }),
  anomaly: has({ anomaly }),
  frame: has({ frame: anything }),
  facts: has({ facts: listOf(fact), anomalies: listOf(anomaly) }),
  list: either(
    has({ bodies: Array.isArray }),
    has({ facts: listOf(fact), anomalies: listOf(anomaly), ids: texts }),
    has({ failed: exactly(true) }),
  ),
  answer: has({ of: whole, answer }),
  timer: has({ name: text, of: optional(whole) }),
  listenerFailed: fields,
  outcome: has({ of: whole, outcome: has({ operation: text, outcome: text }) }),
  checkpoint: has({
    started: texts,
    isQuiet: flag,
    lastRead: number,
    connection: has({
      state: wordOf<Checkpoint["connection"]["state"]>({
        Offline: true,
        Connecting: true,
        CatchingUp: true,
        Live: true,
        Recovering: true,
        Stopped: true,
      }),
      lossReason: orNull(lossReason),
      failures: whole,
      isAcknowledging: orNull(flag),
      stopReason: orNull(wordOf<StopReason>({ stop: true, ...refusals })),
    }),
    facts: listOf(fact),
    endings: listOf(has({ id: text, outcome: orNull(text) })),
    invited: texts,
    dismissed: texts,
    pending: listOf(
      has({
        of: whole,
        ...operation,
        phase: wordOf<PendingEntry["phase"]>({ sent: true, acknowledged: true, unanswered: true }),
        sends: whole,
        isToRepeat: flag,
        isOverdue: flag,
      }),
    ),
  }),
};
