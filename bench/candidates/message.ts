import type { ChatEvent } from "./candidate.ts";

/** The content of a message of the standard stream. The candidates beside the store do not validate it. */
export interface MessageContent {
  readonly id: string;
  readonly state: string;
  readonly capabilities?: readonly string[];
  readonly userData?: object;
  readonly currentQueue?: string;
  readonly inQueues?: object;
  readonly startDate?: number;
  readonly threadId?: string;
  readonly content?: { readonly events: readonly ChatEvent[] };
}

/** Returns the content of a message, nested or flat. */
export function contentOf(message: unknown): MessageContent {
  const { data } = message as { data: MessageContent & { interaction?: MessageContent } };
  return data.interaction ?? data;
}

/** Returns the events after the last known one, sorted by id. */
export function eventsAfter(last: number, events: readonly ChatEvent[]): ChatEvent[] {
  const fresh: ChatEvent[] = [];
  for (const event of events) if (event.id > last) fresh.push(event);
  return fresh.length > 1 ? fresh.sort(byId) : fresh;
}

function byId(one: ChatEvent, other: ChatEvent): number {
  return one.id - other.id;
}
