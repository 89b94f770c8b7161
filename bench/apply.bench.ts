import { digest, type Candidate } from "./candidates/candidate.ts";
import { floor } from "./candidates/floor.ts";
import { immutable } from "./candidates/immutable.ts";
import { store } from "./candidates/store.ts";
import { xstate } from "./candidates/xstate.ts";
import { timeRounds, type Timing } from "./measure.ts";
import { answer, job } from "./process.ts";
import { StandardStream, type Variant } from "./stream.ts";
import { watch, type Watchers } from "./watch.ts";

/** Names the candidate and the stream that it applies. */
export interface ApplyJob {
  readonly candidate: "floor" | "immutable" | "xstate" | "store" | "inspected";
  readonly live: number;
  readonly variant: Variant;
  /** The subscribers; only the store can have some. */
  readonly watchers: Watchers;
  readonly rounds: number;
}

/** The time that a candidate needed. */
export interface ApplyResult extends Timing {
  /** The hash of the candidate's final data. */
  readonly digest: string;
}

const { candidate: name, live, variant, watchers, rounds } = job<ApplyJob>();
const stream = new StandardStream({ live, variant, seed: 1 });
const candidate = await make();
for (const text of stream.opening()) candidate.apply(JSON.parse(text));
const timing = timeRounds(candidate, stream, rounds);
answer<ApplyResult>({ ...timing, digest: digest(candidate, stream.liveIds()) });

async function make(): Promise<Candidate> {
  switch (name) {
    case "floor":
      return floor();
    case "immutable":
      return immutable();
    case "xstate":
      return xstate();
    case "store":
    case "inspected": {
      const made = await store(name === "inspected" ? { inspect: () => {} } : {});
      watch(made.desk, watchers);
      return made;
    }
  }
}
