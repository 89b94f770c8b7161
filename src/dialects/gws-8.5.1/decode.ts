import { describeType, reportInvalidField, type AnomalyReport, type Report } from "../../domain/anomaly.ts";
import type { Fact } from "../../domain/fact.ts";
import type { Decoded, ListContent } from "../dialect.ts";
import { readChannels } from "./channels.ts";
import { isSource, object, type Source } from "../fields.ts";
import { readInteraction } from "./interactions.ts";

const nothing: Decoded = { facts: [], anomalies: [] };

/**
 * Reads one element of a Bayeux array. What it is follows from its content: the recorded chat-accepted has no
 * envelope `channel`, and `messageType` is missing from channel notifications.
 */
export function decode(message: unknown): Decoded {
  if (!isSource(message))
    return unreadable({ code: "not-a-message", message: `A message is ${describeType(message)}.` });
  const topic = message["channel"];
  if (typeof topic === "string" && topic.startsWith("/meta/")) return nothing;
  const data = message["data"];
  if (!isSource(data)) {
    return unreadable({ code: "not-a-message", message: `The data of a message is ${describeType(data)}.` });
  }
  const anomalies: AnomalyReport[] = [];
  const facts = readData(data, topic, (anomaly) => anomalies.push(anomaly));
  return { facts, anomalies };
}

function readData(data: Source, topic: unknown, report: Report): readonly Fact[] {
  const nested = data["interaction"];
  if (isSource(nested)) return one(readInteraction(nested, report, data));
  if (isServerError(data)) {
    report({ code: "server-error", message: "The server reported an error." });
    return [];
  }
  if (isFlatInteraction(data)) return one(readInteraction(data, report));
  const channels = data["channels"] ?? data["channelStates"];
  if (Array.isArray(channels)) return readChannels(channels, report);
  if (topic === topics.channels) return readChannels([data], report);
  const isKnownTopic = topic === undefined || topic === topics.interactions;
  report({
    code: isKnownTopic ? "unknown-message" : "unknown-topic",
    message: "No rule reads this message.",
  });
  return [];
}

/** The topics that this dialect reads. */
export const topics = {
  interactions: "/v2/me/interactions",
  channels: "/v2/me/channels",
} as const;

function isFlatInteraction(data: Source): boolean {
  const messageType = data["messageType"] ?? data["messageTypeName"];
  return (
    messageType === "InteractionStateMessage" || ("id" in data && ("state" in data || "capabilities" in data))
  );
}

/** Reported failures have no state; their text may quote customers, so it is not kept. */
function isServerError(data: Source): boolean {
  return ("errorMessage" in data || "errorCode" in data) && !("state" in data);
}

function one<Read extends Fact>(fact: Read | undefined): readonly Read[] {
  return fact === undefined ? [] : [fact];
}

function unreadable(anomaly: AnomalyReport): Decoded {
  return { facts: [], anomalies: [anomaly] };
}

/**
 * Reads `GET /me/interactions?fields=*`. A server that ignores `fields` answers with addresses only; their last
 * segments still name the interactions. The addresses themselves are never followed.
 */
export function readInteractionList(body: unknown): ListContent | undefined {
  if (!isSource(body)) return undefined;
  const anomalies: AnomalyReport[] = [];
  const report: Report = (anomaly) => anomalies.push(anomaly);
  const interactions = body["interactions"];
  if (Array.isArray(interactions)) {
    const facts = interactions.flatMap((entry: unknown) => {
      if (!isSource(entry)) return reportInvalidField("A listed interaction", entry, report) ?? [];
      return one(readInteraction(object(entry["interaction"], "interaction", report) ?? entry, report));
    });
    return { facts, anomalies, ids: facts.map(({ id }) => id) };
  }
  const uris = body["uris"];
  if (!Array.isArray(uris)) return undefined;
  const ids = uris.flatMap((uri: unknown) => (typeof uri === "string" ? [lastSegment(uri)] : []));
  return { facts: [], anomalies, ids };
}

function lastSegment(uri: string): string {
  const segment = uri.slice(uri.lastIndexOf("/") + 1);
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** Reads `GET /me/channels`, also as it stands inside `GET /me?subresources=*`. */
export function readChannelList(body: unknown): ListContent | undefined {
  if (!isSource(body)) return undefined;
  const source = isSource(body["user"]) ? body["user"] : body;
  const entries = source["channels"] ?? source["channelStates"];
  if (!Array.isArray(entries)) return undefined;
  const anomalies: AnomalyReport[] = [];
  const facts = readChannels(entries, (anomaly) => anomalies.push(anomaly));
  return { facts, anomalies, ids: [] };
}
