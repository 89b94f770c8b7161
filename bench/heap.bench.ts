import { floor } from "./candidates/floor.ts";
import { store } from "./candidates/store.ts";
import { answer } from "./process.ts";
import { StandardStream } from "./stream.ts";

/** Bytes. */
export interface HeapResult {
  /** What a live interaction takes beyond what it takes in a plain Map. */
  readonly live: number;
  /** What is left of an interaction that ended and was dismissed. */
  readonly left: number;
}

const many = 5000;

function used(): number {
  if (globalThis.gc === undefined) throw new Error("Run with --expose-gc.");
  for (let count = 0; count < 4; count++) globalThis.gc();
  return process.memoryUsage().heapUsed;
}

/** Bytes that this many live interactions take. */
function measure(apply: (message: unknown) => void): number {
  const before = used();
  const stream = new StandardStream({ live: many, variant: "new-events", seed: 1 });
  for (const text of stream.opening()) apply(JSON.parse(text));
  return used() - before;
}

const plain = floor();
const inMap = measure(plain.apply);
const { desk, apply } = await store();
const inStore = measure(apply);

function passThrough(from: number, count: number): void {
  const shape = { channel: "chat", messageType: "InteractionStateMessage" };
  for (let number = from; number < from + count; number++) {
    const id = `passing${number}`;
    for (const state of ["Invited", "Accepted", "Completed"]) apply({ data: { ...shape, id, state } });
    desk.interaction(id)?.dismiss();
  }
}
// The first ones fill what is bounded: the ids that were dismissed last, and code that is compiled.
passThrough(0, 3000);
const before = used();
passThrough(3000, 100_000);
const left = (used() - before) / 100_000;

if (plain.picture("") !== undefined || desk.interactions.getSnapshot().length === 0)
  throw new Error("Nothing was held.");
answer<HeapResult>({ live: (inStore - inMap) / many, left });
