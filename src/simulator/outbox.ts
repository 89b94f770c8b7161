import type { Notify } from "./contact-center.ts";

export type Outbox = ReturnType<typeof createOutbox>;

/**
 * Buffers the messages to agents. While an operation is being answered, the messages to its agent can be held back so
 * that the HTTP response leaves first. Later messages to that agent wait behind them, because order is kept.
 */
export function createOutbox(deliver: Notify) {
  const held = new Map<string, { holders: number; messages: Parameters<Notify>[] }>();
  const post: Notify = (...message) => {
    const waiting = held.get(message[0]);
    if (waiting === undefined) deliver(...message);
    else waiting.messages.push(message);
  };
  /** Holds back the messages to this user until the returned function is called. */
  const hold = (user: string) => {
    const waiting = held.get(user) ?? { holders: 0, messages: [] };
    held.set(user, waiting);
    waiting.holders++;
    let isHolding = true;
    return () => {
      if (!isHolding) return;
      isHolding = false;
      if (--waiting.holders > 0) return;
      held.delete(user);
      for (const message of waiting.messages) deliver(...message);
    };
  };
  return { post, hold };
}
