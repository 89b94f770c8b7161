import { createDesk, type Anomaly, type Interaction } from "../index.ts";
import { gws851 } from "../links/gws/index.ts";
import { recorded } from "../recording/index.ts";
import { readMessages, type InputFile } from "./read-messages.ts";
import { amount, type ReplayResult } from "./replay-output.ts";

/** Returns the desk that the recorded messages of the files lead to. */
export function replayMessages(files: readonly InputFile[]): ReplayResult {
  const messages = files.flatMap(readMessages);
  const title = files.length === 1 ? files[0]!.name : `${files.length} files`;
  return { heading: [`${amount(messages.length, "message")} of ${title}`], ...deliverMessages(messages) };
}

/** The maximum that a desk keeps; the rest is collected here after each batch. */
const maxKept = 100_000;
const batchSize = 1000;

/** Feeds recorded messages to a desk. @returns its interactions, ended ones as well, in the order of their first message */
export function deliverMessages(
  messages: readonly unknown[],
): Pick<ReplayResult, "interactions" | "channels" | "anomalies"> {
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
  for (let start = 0; start < messages.length; start += batchSize) {
    link.deliver(messages.slice(start, start + batchSize));
    for (const id of ids) {
      const interaction = desk.interaction(id);
      if (interaction !== undefined && !interactions.has(id)) interactions.set(id, interaction);
    }
    ids.clear();
    const added = desk.anomalies.total() - anomalies.length;
    if (added > 0) anomalies.push(...desk.anomalies.getSnapshot().slice(-added));
  }
  return { interactions: [...interactions.values()], channels: desk.channels.getSnapshot(), anomalies };
}
