import type { ChatEvent } from "./candidate.ts";

/** What a message of the standard stream says. The rivals of the store trust it; they check nothing. */
export interface Told {
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

/** The interaction of a message, nested or flat. */
export function toldBy(message: unknown): Told {
  const { data } = message as { data: Told & { interaction?: Told } };
  return data.interaction ?? data;
}

/** Those events that come after the last one known, in their order. */
export function eventsAfter(last: number, told: readonly ChatEvent[]): ChatEvent[] {
  const fresh: ChatEvent[] = [];
  for (const event of told) if (event.id > last) fresh.push(event);
  return fresh.length > 1 ? fresh.sort(byId) : fresh;
}

function byId(one: ChatEvent, other: ChatEvent): number {
  return one.id - other.id;
}
