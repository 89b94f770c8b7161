/**
 * Names a kind of anomaly. A closed list.
 *
 * Messages: `not-a-message` (not an object, or without data), `unknown-topic`, `unknown-message` (a shape that
 * no rule covers), `missing-field`, `bad-field` (an unexpected type or out of range; the field was left out),
 * `unsafe-id`, `unknown-state`, `unknown-capability`, `unknown-channel`, `channel-mismatch`, `too-large`,
 * `server-error` (a notification of an error).
 *
 * Life: `late-fact` (about an ended interaction; it changed nothing), `unexpected-state` (the server named a state
 * that does not follow from the one before), `reoffered` (an ended interaction came back).
 *
 * Link: `unexpected-content` (an answer of another form, such as a login page), `bad-advice`,
 * `not-acknowledging` (a server without the ack extension), `read-failed`, `session-renewed`,
 * `no-contact-center-session`, `watchdog` (the silent link was restarted).
 *
 * Desk: `listener-failed` (a subscriber threw), `kind-failed` (a function of a kind of interaction threw).
 */
export type AnomalyCode =
  | "not-a-message"
  | "unknown-topic"
  | "unknown-message"
  | "missing-field"
  | "bad-field"
  | "unsafe-id"
  | "unknown-state"
  | "unknown-capability"
  | "unknown-channel"
  | "channel-mismatch"
  | "too-large"
  | "server-error"
  | "late-fact"
  | "unexpected-state"
  | "reoffered"
  | "unexpected-content"
  | "bad-advice"
  | "not-acknowledging"
  | "read-failed"
  | "session-renewed"
  | "no-contact-center-session"
  | "watchdog"
  | "listener-failed"
  | "kind-failed";

/** An unexpected input that the desk survived. It holds names and types of fields, never their content. */
export interface AnomalyReport {
  readonly code: AnomalyCode;
  /** Describes it in words, without customer data or secrets. */
  readonly message: string;
  /** The interaction concerned, where known. */
  readonly id?: string;
  /** The channel concerned, where known. */
  readonly channel?: string;
}

/** An anomaly as a desk keeps it. */
export interface Anomaly extends AnomalyReport {
  /** Counts from 1 in each desk. */
  readonly sequence: number;
  /** Milliseconds since the epoch, from the desk's clock. */
  readonly at: number;
}

export type Report = (anomaly: AnomalyReport) => void;

/** Whether this is an object, such as a list. */
export function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

/** Reports that a value is invalid and was left out. */
export function reportInvalidField(what: string, value: unknown, report: Report): undefined {
  report({ code: "bad-field", message: `${what} is ${describeType(value)}; it was left out.` });
}

/** Returns the type of an invalid value in words, which quote nothing of it, because a customer may have written it. */
export function describeType(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "string") return "text";
  if (typeof value === "number") return Number.isFinite(value) ? "a number" : String(value);
  return isObject(value) ? "an object" : typeof value;
}
