import { createDesk, type Anomaly, type Channel, type Interaction } from "../index.ts";
import { gws851 } from "../links/gws/index.ts";
import { recorded } from "../recording/index.ts";

/** What a desk holds after it was told everything that was recorded. */
export interface Replayed {
  /** Live and ended ones together, in the order of their first appearance. */
  readonly interactions: readonly Interaction[];
  readonly channels: readonly Channel[];
  readonly anomalies: readonly Anomaly[];
}

/** The most that a desk can be told to keep; whatever is beyond is gathered here in between. */
const most = 100_000;
const portion = 1000;

/** Feeds recorded messages through decoding and store. */
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
  const desk = createDesk({ link, keepEnded: most, keepAnomalies: most });
  void desk.start();
  const interactions = new Map<string, Interaction>();
  const anomalies: Anomaly[] = [];
  let counted = 0;
  for (let start = 0; start < messages.length; start += portion) {
    link.deliver(messages.slice(start, start + portion));
    for (const id of ids) {
      const interaction = desk.interaction(id);
      if (interaction !== undefined && !interactions.has(id)) interactions.set(id, interaction);
    }
    ids.clear();
    const fresh = desk.anomalies.total() - counted;
    counted += fresh;
    if (fresh > 0) for (const anomaly of desk.anomalies.getSnapshot().slice(-fresh)) anomalies.push(anomaly);
  }
  return { interactions: [...interactions.values()], channels: desk.channels.getSnapshot(), anomalies };
}
