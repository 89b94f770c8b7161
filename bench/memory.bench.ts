import { floor } from "./candidates/floor.ts";
import { store } from "./candidates/store.ts";
import { answer, job } from "./process.ts";
import { StandardStream } from "./stream.ts";
import { watch } from "./watch.ts";

/** What is to be weighed. */
export interface MemoryJob {
  /**
   * `floor`, `store`: live interactions that nobody looks at; `watched`: each has a subscriber; `drawn`: each has its
   * actor, as when its chart is looked at; `left`: interactions that have ended and were dismissed.
   */
  readonly kind: "floor" | "store" | "watched" | "drawn" | "left";
  readonly interactions: number;
}

/** Bytes of heap. */
export interface MemoryResult {
  /** For each interaction, beyond the text that says all that is known of it. */
  readonly bytes: number;
}

const { kind, interactions } = job<MemoryJob>();
answer<MemoryResult>({ bytes: kind === "left" ? await weighLeft() : await weighLive() });

async function weighLive(): Promise<number> {
  // Some come before, so that what is made once is not counted.
  const first = await fill(100);
  const before = heap();
  const filled = await fill(interactions);
  const bytes = (heap() - before - filled.stream.lengthOfAll()) / interactions;
  if (!first.holds() || !filled.holds()) throw new Error("An interaction is missing.");
  return bytes;
}

async function fill(live: number) {
  const stream = new StandardStream({ live, variant: "new-events", seed: 1 });
  const made = kind === "floor" ? undefined : await store();
  const candidate = made ?? floor();
  if (made !== undefined && kind === "watched") watch(made.desk, { lists: 2, interactions: live });
  for (const text of stream.opening()) candidate.apply(JSON.parse(text));
  if (kind === "drawn") for (const { actor } of made?.desk.interactions.getSnapshot() ?? []) void actor;
  return { stream, holds: () => candidate.picture(stream.liveIds()[0]!) !== undefined };
}

async function weighLeft(): Promise<number> {
  const { apply, desk } = await store();
  const stream = new StandardStream({ live: 10, variant: "brief", seed: 1 });
  let dismissed = 0;
  desk.ended.subscribe((ended) => {
    for (const interaction of ended) if (interaction.dismiss()) dismissed++;
  });
  const goOn = (until: number) => {
    while (dismissed < until) for (const text of stream.take(50)) apply(JSON.parse(text));
    return heap();
  };
  // The ids of those dismissed last are remembered, up to a bound; it is reached first.
  const before = goOn(5000);
  const left = (goOn(5000 + interactions) - before) / interactions;
  // What is left of all together, less than a byte of each, is the compiler's.
  return Math.max(0, Math.floor(left));
}

function heap(): number {
  if (globalThis.gc === undefined) throw new Error("Weighing needs --expose-gc.");
  for (let count = 0; count < 4; count++) globalThis.gc();
  return process.memoryUsage().heapUsed;
}
