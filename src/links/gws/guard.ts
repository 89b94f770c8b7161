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
  const pending = [...requests];
  const safe = elements.flatMap((element) => check(element, pending, report) ?? []);
  for (const { channel, id, subscription } of pending) {
    reportContent(`A reply to ${channel} is missing.`, report);
    safe.push({ channel, id, successful: false, ...(subscription === undefined ? {} : { subscription }) });
  }
  return safe;
}

function check(element: unknown, pending: BayeuxMessage[], report: Report): BayeuxMessage | undefined {
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
  pending: BayeuxMessage[],
  report: Report,
): BayeuxMessage | undefined {
  const { channel, id, successful, clientId, supportedConnectionTypes: types } = answer;
  // Some servers send ids as numbers, and some none.
  const wanted = typeof id === "number" ? `${id}` : id;
  const isAnswered = (request: BayeuxMessage) =>
    request.channel === channel && (id === undefined || wanted === request["id"]);
  const request = pending.find(isAnswered);
  if (request === undefined) {
    // A Java server announces in this way that it ends the session; the reply to the connect reports it, too.
    if (channel !== "/meta/disconnect") reportContent("A reply was not asked for.", report);
    return undefined;
  }
  pending.splice(pending.indexOf(request), 1);
  const isHandshake = channel === "/meta/handshake";
  const isUsable =
    !isHandshake ||
    (typeof clientId === "string" &&
      clientId !== "" &&
      Array.isArray(types) &&
      types.includes("long-polling"));
  const isSuccessful = successful === true && isUsable;
  if (successful === true && !isUsable) reportContent(`A reply to ${channel} is incomplete.`, report);
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
  const advice = checkAdvice(answer["advice"], mayHandshake, report);
  if (advice !== undefined) safe["advice"] = advice;
  return safe;
}

function reportContent(message: string, report: Report): void {
  report({ code: "unexpected-content", message });
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
  const ignore = (what: string): undefined => {
    report({ code: "bad-advice", message: `The server's advice ${what}; it was ignored.` });
  };
  if (!isSource(advice)) return ignore(`is ${describeType(advice)}`);
  const safe: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(advice)) {
    const isReconnect = key === "reconnect";
    const isAction = value === "retry" || value === "none" || (value === "handshake" && mayHandshake);
    const isTime = typeof value === "number" && value >= 0 && value <= maxAdviceMs;
    if (!isReconnect && !/^(interval|timeout|maxInterval)$/.test(key)) continue;
    if (isReconnect ? isAction : isTime) safe[key] = value;
    // A maxInterval of -1 means no limit.
    else if (isReconnect || !(value === null || (key === "maxInterval" && value === -1)))
      ignore(`for ${key} cannot be followed`);
  }
  return safe;
}
