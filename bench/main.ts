import type { ApplyJob, ApplyResult } from "./apply.bench.ts";
import type { HeapResult } from "./heap.bench.ts";
import type { LinkJob, LinkResult } from "./link.bench.ts";
import { median } from "./measure.ts";
import { run } from "./process.ts";
import { figure, printGoals, printTable, type Line } from "./report.ts";
import type { TranscriptJob, TranscriptResult } from "./transcript.bench.ts";

/*
 * What deskstate costs, as ratios taken side by side: P is the time of JSON.parse of the same message. Each figure is the
 * median over processes of the median over rounds. `--quick` takes fewer and smaller ones.
 */
const isQuick = process.argv.includes("--quick");
const processes = isQuick ? 1 : 3;
const rounds = isQuick ? 5 : 15;

async function times<Result>(work: () => Promise<Result>): Promise<Result[]> {
  const results: Result[] = [];
  for (let count = 0; count < processes; count++) results.push(await work());
  return results;
}

async function applied(given: Partial<ApplyJob> & Pick<ApplyJob, "candidate" | "live">) {
  const whole: ApplyJob = { variant: "new-events", subscribers: 0, rounds, ...given };
  const results = await times(() => run<ApplyResult>("apply.bench.ts", whole));
  return {
    digest: results[0]!.digest,
    apply: median(results.map(({ apply }) => apply)),
    whole: median(results.map(({ apply, parse }) => parse * (1 + apply))),
  };
}

const candidates = ["floor", "immutable", "xstate", "store", "inspected"] as const;
const names: Record<(typeof candidates)[number], string> = {
  floor: "mutable Map (the floor)",
  immutable: "immutable record per interaction in a Map",
  xstate: "plain XState, a root actor per interaction",
  store: "deskstate",
  inspected: "deskstate, with an inspector attached",
};
const sizes = [10, 100, 1000];
const measured = new Map<string, number[]>();
for (const candidate of candidates) measured.set(candidate, []);
for (const live of sizes) {
  const digests = new Set<string>();
  for (const candidate of candidates) {
    const { apply, digest } = await applied({ candidate, live });
    measured.get(candidate)!.push(apply);
    digests.add(digest);
  }
  if (digests.size > 1) throw new Error(`The candidates do not end in the same state at ${live} live.`);
}
printTable(
  "Applying one message of the standard stream, ×P",
  ["", ...sizes.map((live) => `${live} live`)],
  candidates.map((candidate) => [names[candidate], ...measured.get(candidate)!.map(figure)]),
);

const variants: Line[] = [];
for (const variant of ["full-list", "long"] as const) {
  const { apply } = await applied({ candidate: "store", live: 100, variant });
  variants.push({ what: `${variant} variant, 100 live`, measured: apply, unit: " P" });
}
const store = measured.get("store")!;
printGoals("Applying, against the goals", [
  { what: "100 live", measured: store[1]!, goal: 0.5, unit: " P" },
  { what: "1,000 live", measured: store[2]!, goal: 0.8, unit: " P" },
  {
    what: "with an inspector attached, 100 live",
    measured: measured.get("inspected")![1]!,
    goal: 3,
    unit: " P",
  },
  ...variants,
]);

const crowd = isQuick ? 2000 : 10_000;
const few = await applied({ candidate: "store", live: 10, subscribers: 100 });
const many = await applied({ candidate: "store", live: crowd, subscribers: 100 });
const floorFew = await applied({ candidate: "floor", live: 10 });
const floorMany = await applied({ candidate: "floor", live: crowd });
const quiet = await applied({ candidate: "store", live: 1000, subscribers: 10 });
const watched = await applied({ candidate: "store", live: 1000, subscribers: 1000 });
printGoals("Growth", [
  {
    what: `parse + apply, 10 → ${crowd} live, 100 subscribers`,
    measured: many.whole / few.whole,
    goal: 1.3,
    unit: "×",
  },
  { what: "the same for the floor, with none", measured: floorMany.whole / floorFew.whole, unit: "×" },
  {
    what: "parse + apply, 10 → 1,000 subscribers, 1,000 live",
    measured: watched.whole / quiet.whole,
    goal: 1.2,
    unit: "×",
  },
]);

const transcript = async (events: number) => {
  const given: TranscriptJob = { events, rounds };
  const results = await times(() => run<TranscriptResult>("transcript.bench.ts", given));
  return {
    append: median(results.map(({ append }) => append)),
    resend: median(results.map(({ resend }) => resend)),
  };
};
const short = await transcript(100);
const long = await transcript(10_000);
printGoals("Transcripts", [
  {
    what: "adding one event, at 100 → 10,000 events",
    measured: long.append / short.append,
    goal: 1.5,
    unit: "×",
  },
  {
    what: "a re-sent list of 10,000 events, in the time of its parse",
    measured: long.resend,
    goal: 0.02,
    unit: "×",
  },
]);

const heap = await times(() => run<HeapResult>("heap.bench.ts", {}));
printGoals("Heap", [
  {
    what: "per live interaction, beyond its record in a Map",
    measured: median(heap.map(({ live }) => live)),
    goal: 5000,
    unit: " B",
  },
  {
    what: "left of one that ended and was dismissed",
    measured: Math.max(0, median(heap.map(({ left }) => left))),
    goal: 1,
    unit: " B",
  },
]);

const link = async (client: LinkJob["client"]) => {
  const given: LinkJob = { client, messages: isQuick ? 2000 : 10_000 };
  return median((await times(() => run<LinkResult>("link.bench.ts", given))).map(({ cpu }) => cpu));
};
const bare = await link("bare");
printGoals("Over loopback", [
  {
    what: "processor time of link and store, against CometD alone",
    measured: (await link("desk")) / bare,
    goal: 1.15,
    unit: "×",
  },
]);
