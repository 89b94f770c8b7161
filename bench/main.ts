import type { ApplyJob, ApplyResult } from "./apply.bench.ts";
import type { LinkJob, LinkResult } from "./link.bench.ts";
import { median } from "./measure.ts";
import type { MemoryJob, MemoryResult } from "./memory.bench.ts";
import { run } from "./process.ts";
import { figure, printGoals, printTable } from "./report.ts";
import type { TranscriptJob, TranscriptResult } from "./transcript.bench.ts";

/*
 * Measures the costs of deskstate as ratios: P is the time of JSON.parse of the same message. Each figure is the median
 * over processes of the median over rounds. `--quick` starts one process for each figure and runs fewer rounds.
 */
const isQuick = process.argv.includes("--quick");
const processes = isQuick ? 1 : 3;
const rounds = isQuick ? 7 : 15;

async function results<Result>(file: string, given: object): Promise<Result[]> {
  const all: Result[] = [];
  for (let count = 0; count < processes; count++) all.push(await run<Result>(file, given));
  return all;
}

async function measure<Result>(file: string, given: object, figureOf: (result: Result) => number) {
  return median((await results<Result>(file, given)).map(figureOf));
}

async function apply(given: Partial<ApplyJob> & Pick<ApplyJob, "candidate" | "live">) {
  const job: ApplyJob = { variant: "new-events", watchers: { lists: 0, interactions: 0 }, rounds, ...given };
  const all = await results<ApplyResult>("apply.bench.ts", job);
  return { digest: all[0]!.digest, apply: median(all.map((result) => result.apply)) };
}

const names: Record<ApplyJob["candidate"], string> = {
  floor: "mutable Map (the floor)",
  immutable: "immutable record per interaction in a Map",
  xstate: "plain XState, a root actor per interaction",
  store: "deskstate",
  inspected: "deskstate, with an inspector attached",
};
const candidates = Object.keys(names) as ApplyJob["candidate"][];

const columns: Pick<ApplyJob, "live" | "variant">[] = [
  { live: 10, variant: "new-events" },
  { live: 100, variant: "new-events" },
  { live: 1000, variant: "new-events" },
  { live: 100, variant: "full-list" },
  { live: 100, variant: "long" },
];
const heads = ["10 live", "100 live", "1,000 live", "100, full list", "100, 200 updates"];
const measured = new Map(candidates.map((candidate) => [candidate, [] as number[]]));
for (const column of columns) {
  const digests = new Set<string>();
  for (const candidate of candidates) {
    const result = await apply({ candidate, ...column });
    measured.get(candidate)!.push(result.apply);
    digests.add(result.digest);
  }
  if (digests.size > 1) throw new Error(`The candidates differ in the end: ${JSON.stringify(column)}.`);
}
printTable(
  "Applying one message of the standard stream, ×P",
  ["", ...heads],
  candidates.map((candidate) => [names[candidate], ...measured.get(candidate)!.map(figure)]),
);
const [store, inspected] = [measured.get("store")!, measured.get("inspected")!];
printGoals("Applying", [
  { what: "100 live, no inspector", measured: store[1]!, goal: 0.5, unit: " P" },
  { what: "1,000 live, no inspector", measured: store[2]!, goal: 0.8, unit: " P" },
  { what: "100 live, with an inspector attached", measured: inspected[1]!, goal: 3, unit: " P" },
  { what: "1,000 live, with an inspector attached", measured: inspected[2]!, goal: 3, unit: " P" },
]);

/** Returns by which factor parsing and applying grows between two loads. */
async function growth(from: Parameters<typeof apply>[0], to: Parameters<typeof apply>[0]): Promise<number> {
  return (1 + (await apply(to)).apply) / (1 + (await apply(from)).apply);
}

const small = { live: 10, candidate: "store" } as const;
const large = { live: 10_000, candidate: "store" } as const;
const single = { watchers: { lists: 0, interactions: 100 } };
const both = { watchers: { lists: 2, interactions: 98 } };
const thousand = { live: 1000, candidate: "store" } as const;
printGoals("Growth of parse + apply", [
  {
    what: "10 → 10,000 live, 100 subscribers to single interactions",
    measured: await growth({ ...small, ...single }, { ...large, ...single }),
    goal: 1.3,
    unit: "×",
  },
  {
    what: "10 → 10,000 live, 2 of 100 subscribe to lists, which are copied when they change",
    measured: await growth({ ...small, ...both }, { ...large, ...both }),
    goal: 1.3,
    unit: "×",
  },
  {
    what: "10 → 10,000 live, no subscriber",
    measured: await growth(small, large),
    unit: "×",
  },
  {
    what: "10 → 10,000 live, the floor",
    measured: await growth({ ...small, candidate: "floor" }, { ...large, candidate: "floor" }),
    unit: "×",
  },
  {
    what: "10 → 1,000 subscribers to single interactions, 1,000 live",
    measured: await growth(
      { ...thousand, watchers: { lists: 2, interactions: 10 } },
      { ...thousand, watchers: { lists: 2, interactions: 1000 } },
    ),
    goal: 1.2,
    unit: "×",
  },
]);

const transcriptJob: TranscriptJob = { rounds };
const transcripts = await results<TranscriptResult>("transcript.bench.ts", transcriptJob);
printGoals("Transcripts", [
  {
    what: "adding one event, at 100 → 10,000 events",
    measured: median(transcripts.map(({ append }) => append)),
    goal: 1.5,
    unit: "×",
  },
  {
    what: "a re-sent list of 10,000 events, in the time of its parse",
    measured: median(transcripts.map(({ resend }) => resend)),
    goal: 0.02,
    unit: "×",
  },
]);

const weigh = (kind: MemoryJob["kind"], interactions = 3000) =>
  measure<MemoryResult>("memory.bench.ts", { kind, interactions } satisfies MemoryJob, ({ bytes }) => bytes);
printGoals("Heap per interaction, beyond the text of its record", [
  { what: "live", measured: await weigh("store"), goal: 5120, unit: " B" },
  { what: "live, with a subscriber that has read it", measured: await weigh("watched"), unit: " B" },
  {
    what: "live, with its actor, as if its chart were displayed",
    measured: await weigh("drawn"),
    unit: " B",
  },
  { what: "live, the floor", measured: await weigh("floor"), unit: " B" },
  {
    what: "remaining after one ended and was dismissed",
    measured: await weigh("left", 100_000),
    goal: 0,
    unit: " B",
  },
]);

const cpu = (client: LinkJob["client"]) => {
  const job: LinkJob = { client, messages: 2000, rounds: isQuick ? 3 : 5 };
  return measure<LinkResult>("link.bench.ts", job, (result) => result.cpu);
};
const [bareCpu, deskCpu] = [await cpu("bare"), await cpu("desk")];
printGoals("Link and store over loopback, against the bare CometD client", [
  { what: "processor time for a message", measured: deskCpu / bareCpu, goal: 1.15, unit: "×" },
  { what: "the same for the bare client", measured: bareCpu, unit: " µs" },
]);

await import("./bots.ts");
