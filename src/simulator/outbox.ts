/**
 * Messages on their way to agents. While an operation of an agent is being answered, what it causes can be held
 * back, so that the HTTP answer leaves first; later messages for him wait behind, since none may overtake another.
 */
export interface Outbox {
  post(user: string, topic: string, data: unknown): void;
  /** Holds back what is posted to this user until the answer is called. */
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
