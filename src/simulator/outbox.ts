/**
 * Buffers the messages to agents. While an operation is being answered, the messages to its agent can be held back so
 * that the HTTP response leaves first. Later messages to that agent wait behind them, because order is kept.
 */
export interface Outbox {
  post(user: string, topic: string, data: unknown): void;
  /** Holds back the messages to this user until the returned function is called. */
  hold(user: string): () => void;
}

export function createOutbox(deliver: (user: string, topic: string, data: unknown) => void): Outbox {
  const held = new Map<string, { holders: number; messages: [topic: string, data: unknown][] }>();
  return {
    post(user, topic, data) {
      const waiting = held.get(user);
      if (waiting === undefined) deliver(user, topic, data);
      else waiting.messages.push([topic, data]);
    },
    hold(user) {
      const waiting = held.get(user) ?? { holders: 0, messages: [] };
      held.set(user, waiting);
      waiting.holders++;
      let isHolding = true;
      return () => {
        if (!isHolding) return;
        isHolding = false;
        if (--waiting.holders > 0) return;
        held.delete(user);
        for (const [topic, data] of waiting.messages) deliver(user, topic, data);
      };
    },
  };
}
