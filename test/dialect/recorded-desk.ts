import { createDesk, type Desk } from "../../src/index.ts";
import { recorded, type RecordedLink } from "../../src/recording/index.ts";

/** A desk that listens to recorded messages, and the link that delivers them. */
export function recordedDesk(): { desk: Desk; link: RecordedLink } {
  const link = recorded();
  const desk = createDesk({ link });
  void desk.start();
  return { desk, link };
}

/**
 * All that a desk knows of its interactions, as data that can be compared: the order in which they appeared and
 * what can be called are left out.
 */
export function documentOf(desk: Desk): readonly object[] {
  const interactions = [...desk.interactions.getSnapshot(), ...desk.ended.getSnapshot()];
  return interactions
    .toSorted((one, other) => (one.id < other.id ? -1 : 1))
    .map((interaction) => {
      const { actions: _, ...known } = interaction.getSnapshot();
      return JSON.parse(JSON.stringify(known)) as object;
    });
}

/** The document that these batches lead to. */
export function documentAfter(batches: readonly (readonly unknown[])[]): readonly object[] {
  const { desk, link } = recordedDesk();
  for (const batch of batches) link.deliver(batch);
  return documentOf(desk);
}
