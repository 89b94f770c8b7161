import type { ChatSnapshot, EmailSnapshot, InteractionSnapshot, TranscriptEvent } from "../index.ts";

/** What a snapshot of an interaction knows beyond its chart: what customers and agents said and are. */
export type Known = Omit<
  InteractionSnapshot,
  "id" | "state" | "isEnded" | "outcome" | "capabilities" | "pending"
> &
  Partial<Pick<EmailSnapshot, "email"> & Pick<ChatSnapshot, "transcript">>;

/** A redactor that hides nothing: customers' names, addresses, words and user data leave the desk as they are. */
export function includeCustomerData(snapshot: Known): object {
  const { userData, email, transcript, raw, direction, subType, serverChannel, serverState } = snapshot;
  const { currentQueue, inQueues, outQueues, startDate, threadId, parentId } = snapshot;
  const server = { serverChannel, serverState, direction, subType, startDate, threadId, parentId };
  return { userData, email, transcript, raw, ...server, currentQueue, inQueues, outQueues };
}

/**
 * A redactor that shows what is there, not what it says: fields, keys, the ids of transcript events and the lengths of
 * texts stay; each character of a text becomes `•`, each number 0, each boolean `false`. Keys of user data are shown
 * as they are.
 */
export function maskText(snapshot: Known): object {
  const { transcript, ...rest } = snapshot;
  const known = masked(includeCustomerData(rest)) as object;
  if (transcript === undefined) return known;
  const { latestEventId, gaps, events } = transcript;
  return { ...known, transcript: { latestEventId, gaps, events: events.map(maskEvent) } };
}

function maskEvent({ id, ...said }: TranscriptEvent): object {
  return { id, ...(masked(said) as object) };
}

function masked(value: unknown): unknown {
  if (typeof value === "string") return value.replaceAll(/\S/g, "•");
  if (typeof value === "number") return 0;
  if (typeof value === "boolean") return false;
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(masked);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, masked(inner)]));
}
