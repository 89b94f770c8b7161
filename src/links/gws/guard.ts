import { isSource } from "../../dialects/fields.ts";
import { describeType, reportInvalidField, type Report } from "../../domain/anomaly.ts";

/** One element of a Bayeux array. */
export type BayeuxMessage = { [field: string]: unknown; channel: string };

/** The topic of elements that arrive without a channel; no server uses it. */
export const noChannelTopic = "/deskstate/unaddressed";

const maxAdviceMs = 600_000;

/**
 * Makes the elements of a reply safe for the CometD client. Otherwise some replies would stop its polling without any
 * notice, or change `Object.prototype`.
 *
 * Every request gets exactly one answer: an answer that is missing or malformed becomes a failure, and an answer without
 * a request is dropped. Notifications keep their order. One without a channel, as in the recorded chat-accepted, gets a
 * topic of our own.
 *
 * @param requests - the messages that were sent.
 * @param reply - the parsed reply.
 */
export function guard(requests: readonly BayeuxMessage[], reply: unknown, report: Report): BayeuxMessage[] {
  const elements: readonly unknown[] = Array.isArray(reply) ? reply : [reply];
  const pending = new Map(requests.map((request) => [asText(request["id"]), request]));
  const safe = elements.flatMap((element) => check(element, pending, report) ?? []);
  for (const { channel, id, subscription } of pending.values()) {
    report({ code: "unexpected-content", message: `A reply to ${channel} is missing.` });
    safe.push({ channel, id, successful: false, ...(subscription === undefined ? {} : { subscription }) });
  }
  return safe;
}

function check(
  element: unknown,
  pending: Map<string, BayeuxMessage>,
  report: Report,
): BayeuxMessage | undefined {
  const { channel, data } = isSource(element) ? element : {};
  const isText = typeof channel === "string";
  if (isText && channel.startsWith("/meta/")) return checkAnswer(element as BayeuxMessage, pending, report);
  if (data === undefined) {
    const what = isSource(element) ? "has no data" : `is ${describeType(element)}`;
    report({ code: "not-a-message", message: `An element of a reply ${what}.` });
    return undefined;
  }
  if (isText && channel.startsWith("/")) return { channel, data };
  if (channel !== undefined) reportInvalidField("The channel of a message", channel, report);
  return { channel: noChannelTopic, data };
}

function checkAnswer(
  answer: BayeuxMessage,
  pending: Map<string, BayeuxMessage>,
  report: Report,
): BayeuxMessage | undefined {
  const { channel, id, successful, clientId, supportedConnectionTypes: types, advice } = answer;
  const request =
    id === undefined
      ? [...pending.values()].find((candidate) => candidate.channel === channel)
      : pending.get(asText(id));
  if (request?.channel !== channel) {
    // A Java server announces in this way that it ends the session; the reply to the connect reports it, too.
    if (channel !== "/meta/disconnect")
      report({ code: "unexpected-content", message: "An answer was not asked for." });
    return undefined;
  }
  pending.delete(asText(request["id"]));
  const isHandshake = channel === "/meta/handshake";
  const isUsable =
    !isHandshake ||
    (typeof clientId === "string" &&
      clientId !== "" &&
      Array.isArray(types) &&
      types.includes("long-polling"));
  const isSuccessful = successful === true && isUsable;
  if (successful === true && !isUsable)
    report({ code: "unexpected-content", message: `A reply to ${channel} lacks what it must hold.` });
  // Built from known fields, so that no others reach the client.
  const safe: BayeuxMessage = { channel, id: request["id"], successful: isSuccessful };
  for (const field of ["clientId", "version", "error"])
    if (typeof answer[field] === "string") safe[field] = answer[field];
  if (isHandshake) safe["supportedConnectionTypes"] = ["long-polling"];
  if (channel.endsWith("subscribe")) safe["subscription"] = request["subscription"];
  const ack = checkAcknowledgement(answer["ext"]);
  if (ack !== undefined) safe["ext"] = { ack };
  // The client keeps advice: that of a failed subscribe would be applied to the next connect, and end the polling.
  const mayHandshake = !isSuccessful && (isHandshake || channel === "/meta/connect");
  const safeAdvice = checkAdvice(advice, mayHandshake, report);
  if (safeAdvice !== undefined) safe["advice"] = safeAdvice;
  return safe;
}

/** Returns an id as text, because some servers send numbers. */
function asText(id: unknown): string {
  return typeof id === "string" || typeof id === "number" ? String(id) : "";
}

/** The ack extension answers a handshake with `true` or an object, and a connect with a number. */
function checkAcknowledgement(ext: unknown): unknown {
  const ack = isSource(ext) ? ext["ack"] : undefined;
  if (ack === true || Number.isSafeInteger(ack)) return ack;
  if (!isSource(ack)) return undefined;
  const { enabled, batch } = ack;
  return { enabled: enabled === true, ...(typeof batch === "number" ? { batch } : {}) };
}

/** Rebuilds advice from the known keys, with values that the client survives. */
function checkAdvice(advice: unknown, mayHandshake: boolean, report: Report): object | undefined {
  if (advice === undefined || advice === null) return undefined;
  const ignore = (what: string) =>
    report({ code: "bad-advice", message: `The server's advice ${what}; it was ignored.` });
  if (!isSource(advice)) {
    ignore(`is ${describeType(advice)}`);
    return undefined;
  }
  const safe: Record<string, unknown> = {};
  for (const key of ["interval", "timeout", "maxInterval", "reconnect"]) {
    const value = Object.hasOwn(advice, key) ? advice[key] : undefined;
    const isReconnect = key === "reconnect";
    const isSafe = isReconnect
      ? value === "retry" || value === "none" || (value === "handshake" && mayHandshake)
      : typeof value === "number" && value >= 0 && value <= maxAdviceMs;
    // A maxInterval of -1 means no limit.
    const isAbsent =
      value === undefined || (value === null && !isReconnect) || (key === "maxInterval" && value === -1);
    if (isSafe) safe[key] = value;
    else if (!isAbsent)
      ignore(
        `for ${key} is ${isReconnect ? `${describeType(value)}, which cannot be done` : "out of range"}`,
      );
  }
  return safe;
}
