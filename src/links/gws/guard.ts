import { describeType, isObject, reportInvalidField, type Report } from "../../domain/anomaly.ts";

/** One element of a Bayeux array. */
export type BayeuxMessage = { [field: string]: unknown; channel: string };

/** The topic under which elements without a channel are handed on; no server uses it. */
export const noChannelTopic = "/deskstate/unaddressed";

const maxAdviceMs = 600_000;

/**
 * Makes the elements of a reply safe for the CometD client, which would otherwise stop polling without a word or let
 * the reply change `Object.prototype` (measured: LINK sections 2.3 and 6).
 *
 * Every request is answered exactly once: an answer that is missing, or that cannot be understood, becomes a failure;
 * an answer to something that was not asked is dropped. Notifications are kept in their order; one without a channel,
 * as in the recorded chat-accepted, is handed on under a topic of our own.
 *
 * @param requests - the messages that were sent.
 * @param reply - the parsed reply.
 */
export function guard(requests: readonly BayeuxMessage[], reply: unknown, report: Report): BayeuxMessage[] {
  const elements: readonly unknown[] = Array.isArray(reply) ? reply : [reply];
  const waiting = new Map(requests.map((request) => [asText(request["id"]), request]));
  const safe: BayeuxMessage[] = [];
  for (const element of elements) {
    const message = check(element, waiting, report);
    if (message !== undefined) safe.push(message);
  }
  for (const request of waiting.values()) {
    report({ code: "unexpected-content", message: `A reply to ${request.channel} is missing.` });
    safe.push(failure(request));
  }
  return safe;
}

function check(
  element: unknown,
  waiting: Map<string, BayeuxMessage>,
  report: Report,
): BayeuxMessage | undefined {
  if (!isObject(element) || Array.isArray(element)) {
    report({ code: "not-a-message", message: `An element of a reply is ${describeType(element)}.` });
    return undefined;
  }
  const { channel, data } = element as Record<string, unknown>;
  if (typeof channel === "string" && channel.startsWith("/meta/")) {
    return checkAnswer(element as BayeuxMessage, waiting, report);
  }
  if (data === undefined) {
    report({ code: "not-a-message", message: "An element of a reply has no data." });
    return undefined;
  }
  if (typeof channel === "string" && channel.startsWith("/")) return { channel, data };
  if (channel !== undefined) {
    reportInvalidField("The channel of a message", channel, report);
  }
  return { channel: noChannelTopic, data };
}

function checkAnswer(
  answer: BayeuxMessage,
  waiting: Map<string, BayeuxMessage>,
  report: Report,
): BayeuxMessage | undefined {
  const { channel } = answer;
  const request =
    answer["id"] === undefined
      ? [...waiting.values()].find((candidate) => candidate.channel === channel)
      : waiting.get(asText(answer["id"]));
  if (request === undefined || request.channel !== channel) {
    // So a Java server announces that it ends the session; the answer to the connect says it too.
    if (channel === "/meta/disconnect") return undefined;
    report({
      code: "unexpected-content",
      message: "An answer was not asked for.",
    });
    return undefined;
  }
  waiting.delete(asText(request["id"]));
  const isSuccessful = answer["successful"] === true && isUsable(answer);
  if (answer["successful"] === true && !isSuccessful) {
    report({ code: "unexpected-content", message: `A reply to ${channel} lacks what it must hold.` });
  }
  // Built from what is known, so that nothing else reaches the client.
  const safe: BayeuxMessage = { channel, id: request["id"], successful: isSuccessful };
  for (const field of ["clientId", "version", "error"]) {
    if (typeof answer[field] === "string") safe[field] = answer[field];
  }
  if (channel === "/meta/handshake") safe["supportedConnectionTypes"] = ["long-polling"];
  if (channel.endsWith("subscribe")) safe["subscription"] = request["subscription"];
  const acknowledgement = acknowledge(answer["ext"]);
  if (acknowledgement !== undefined) safe["ext"] = { ack: acknowledgement };
  // The client keeps advice: what a failed subscribe says would be applied to the next connect, and end it.
  const mayHandshake = !isSuccessful && (channel === "/meta/connect" || channel === "/meta/handshake");
  const advice = checkAdvice(answer["advice"], mayHandshake, report);
  if (advice !== undefined) safe["advice"] = advice;
  return safe;
}

/** Ids are texts; a server that counts in numbers means the same. */
function asText(id: unknown): string {
  return typeof id === "string" || typeof id === "number" ? String(id) : "";
}

function isUsable(answer: BayeuxMessage): boolean {
  if (answer.channel !== "/meta/handshake") return true;
  const { clientId, supportedConnectionTypes } = answer;
  return (
    typeof clientId === "string" &&
    clientId.length > 0 &&
    Array.isArray(supportedConnectionTypes) &&
    supportedConnectionTypes.includes("long-polling")
  );
}

/** The ack extension answers a handshake with `true` or an object, and a connect with a number. */
function acknowledge(ext: unknown): unknown {
  const ack = isObject(ext) ? (ext as { ack?: unknown }).ack : undefined;
  if (ack === true || (typeof ack === "number" && Number.isSafeInteger(ack))) return ack;
  if (!isObject(ack)) return undefined;
  const { enabled, batch } = ack as { enabled?: unknown; batch?: unknown };
  return { enabled: enabled === true, ...(typeof batch === "number" ? { batch } : {}) };
}

/** Rebuilds advice from the keys that are known, with values that the client survives. */
function checkAdvice(advice: unknown, mayHandshake: boolean, report: Report): object | undefined {
  if (advice === undefined || advice === null) return undefined;
  if (!isObject(advice) || Array.isArray(advice)) {
    report({
      code: "bad-advice",
      message: `The server's advice is ${describeType(advice)}; it was ignored.`,
    });
    return undefined;
  }
  const source = advice as Record<string, unknown>;
  const safe: Record<string, unknown> = {};
  for (const key of ["interval", "timeout", "maxInterval"]) {
    const value = Object.hasOwn(source, key) ? source[key] : undefined;
    if (value === undefined || value === null) continue;
    if (typeof value === "number" && value >= 0 && value <= maxAdviceMs) safe[key] = value;
    else if (key !== "maxInterval" || value !== -1) {
      report({
        code: "bad-advice",
        message: `The server's advice for ${key} is out of range; it was ignored.`,
      });
    }
  }
  const reconnect = Object.hasOwn(source, "reconnect") ? source["reconnect"] : undefined;
  const isKnown =
    reconnect === "retry" || reconnect === "none" || (reconnect === "handshake" && mayHandshake);
  if (isKnown) safe["reconnect"] = reconnect;
  else if (reconnect !== undefined) {
    report({
      code: "bad-advice",
      message: `The server advised ${describeType(reconnect)}, which cannot be done; it was ignored.`,
    });
  }
  return safe;
}

/** The answer that a request gets when the server gave none. */
function failure(request: BayeuxMessage): BayeuxMessage {
  const { channel, id, subscription } = request;
  return { channel, id, successful: false, ...(subscription === undefined ? {} : { subscription }) };
}
