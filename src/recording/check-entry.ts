import type { Entry, EntryShapes, Header } from "./format.ts";

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
const oneOf =
  (...words: readonly unknown[]): Check =>
  (value) =>
    words.includes(value);
const either =
  (...checks: readonly Check[]): Check =>
  (value) =>
    checks.some((check) => check(value));
const optional = (check: Check): Check => either((value) => value === undefined, check);
const has =
  (checks: Readonly<Record<string, Check>>): Check =>
  (value) =>
    fields(value) &&
    Object.entries(checks).every(([name, check]) =>
      check(Object.hasOwn(value as object, name) ? (value as Record<string, unknown>)[name] : undefined),
    );

const lossReason = oneOf(
  "network",
  "timeout",
  "server-error",
  "unexpected-content",
  "session-lost",
  "silence",
  "subscription",
  "authentication",
);
const subject = either(has({ id: text }), has({ channel: text }));
const oddity = has({ code: text, message: text, id: optional(text), channel: optional(text) });
const texts = listOf(text);
const fact = either(
  has({
    about: oneOf("interaction"),
    id: text,
    channel: optional(text),
    change: oneOf(
      "Invited",
      "Accepted",
      "Composing",
      "Left",
      "PropertiesChanged",
      "StateUnknown",
      "Revoked",
      "Completed",
      "Sent",
      "Canceled",
      "Missing",
    ),
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
    about: oneOf("channel"),
    channel: optional(text),
    change: oneOf("Ready", "NotReady", "StateUnknown", "PropertiesChanged"),
    state: optional(text),
    reason: either(oneOf(null), text),
    doNotDisturb: optional(flag),
  }),
);
const answer = either(
  has({ kind: oneOf("acknowledged", "unauthenticated", "unanswered") }),
  has({ kind: oneOf("refused"), code: optional(number), message: optional(text) }),
);
const operation = { on: subject, operation: text, parameters: fields };

const header = has({
  dialect: text,
  startedAt: number,
  redaction: oneOf("masked", "pseudonyms", "clear"),
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
  lost: has({ why: lossReason }),
  stopped: has({ reason: oneOf("authentication-failed", "connection-refused") }),
  odd: has({ oddity }),
  frame: has({ frame: anything }),
  facts: has({ facts: listOf(fact), oddities: listOf(oddity) }),
  read: either(
    has({ bodies: Array.isArray }),
    has({ facts: listOf(fact), oddities: listOf(oddity), ids: texts }),
    has({ failed: oneOf(true) }),
  ),
  answer: has({ of: whole, answer }),
  timer: has({ name: text, of: optional(whole) }),
  failed: fields,
  outcome: has({ of: whole, outcome: has({ operation: text, outcome: text }) }),
  checkpoint: has({
    started: texts,
    isQuiet: flag,
    lastRead: number,
    connection: has({
      state: oneOf("Offline", "Connecting", "CatchingUp", "Live", "Recovering", "Stopped"),
      why: either(oneOf(null), lossReason),
      failures: whole,
      isAcknowledging: either(oneOf(null), flag),
      stopReason: oneOf(null, "stop", "authentication-failed", "connection-refused"),
    }),
    facts: listOf(fact),
    endings: listOf(has({ id: text, outcome: either(oneOf(null), text) })),
    invited: texts,
    dismissed: texts,
    pending: listOf(
      has({
        of: whole,
        ...operation,
        phase: oneOf("sent", "acknowledged", "unanswered"),
        sends: whole,
        isToRepeat: flag,
        isOverdue: flag,
      }),
    ),
  }),
};
