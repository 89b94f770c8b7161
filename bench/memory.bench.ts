import { floor } from "./candidates/floor.ts";
import { store } from "./candidates/store.ts";
import { answer, job } from "./process.ts";
import { StandardStream } from "./stream.ts";
import { watch } from "./watch.ts";

/** Names the interactions whose memory is measured. */
export interface MemoryJob {
  /**
   * `floor`, `store`: live interactions without a subscriber; `watched`: each has a subscriber; `drawn`: each has its
   * actor, as if its chart were displayed; `left`: interactions that have ended and were dismissed.
   */
  readonly kind: "floor" | "store" | "watched" | "drawn" | "left";
  readonly interactions: number;
}

/** Bytes of heap. */
export interface MemoryResult {
  /** For each interaction, beyond the text that contains all its data. */
  readonly bytes: number;
}

const { kind, interactions } = job<MemoryJob>();
answer<MemoryResult>({ bytes: kind === "left" ? await weighLeft() : await weighLive() });

async function weighLive(): Promise<number> {
  // A first group, so that objects which exist only once are not counted.
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
  const dismissUntil = (until: number) => {
    while (dismissed < until) for (const text of stream.next(50)) apply(JSON.parse(text));
    return heap();
  };
  // The desk keeps the latest dismissed ids, up to a limit. The first interactions reach it.
  const before = dismissUntil(5000);
  const left = (dismissUntil(5000 + interactions) - before) / interactions;
  // A rest below one byte for each interaction belongs to the compiler.
  return Math.max(0, Math.floor(left));
}

function heap(): number {
  if (globalThis.gc === undefined) throw new Error("Weighing needs --expose-gc.");
  for (let count = 0; count < 4; count++) globalThis.gc();
  return process.memoryUsage().heapUsed;
}
