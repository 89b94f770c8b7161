import { createDesk, type Anomaly, type Channel, type Interaction } from "../index.ts";
import { gws851 } from "../links/gws/index.ts";
import { recorded } from "../recording/index.ts";

/** The state of a desk after all recorded messages. */
export interface Replayed {
  /** Live and ended interactions, in the order of their first message. */
  readonly interactions: readonly Interaction[];
  readonly channels: readonly Channel[];
  readonly anomalies: readonly Anomaly[];
}

/** The maximum that a desk keeps; the rest is collected here after each batch. */
const maxKept = 100_000;
const batchSize = 1000;

/** Feeds recorded messages to a desk. */
export function replay(messages: readonly unknown[]): Replayed {
  const ids = new Set<string>();
  const link = recorded({
    dialect: {
      ...gws851,
      decode: (message) => {
        const decoded = gws851.decode(message);
        for (const fact of decoded.facts) if (fact.about === "interaction") ids.add(fact.id);
        return decoded;
      },
    },
  });
  const desk = createDesk({ link, keepEnded: maxKept, keepAnomalies: maxKept });
  void desk.start();
  const interactions = new Map<string, Interaction>();
  const anomalies: Anomaly[] = [];
  let collected = 0;
  for (let start = 0; start < messages.length; start += batchSize) {
    link.deliver(messages.slice(start, start + batchSize));
    for (const id of ids) {
      const interaction = desk.interaction(id);
      if (interaction !== undefined && !interactions.has(id)) interactions.set(id, interaction);
    }
    ids.clear();
    const added = desk.anomalies.total() - collected;
    collected += added;
    if (added > 0) for (const anomaly of desk.anomalies.getSnapshot().slice(-added)) anomalies.push(anomaly);
  }
  return { interactions: [...interactions.values()], channels: desk.channels.getSnapshot(), anomalies };
}
