import type { BotsJob, BotsResult } from "./bots.bench.ts";
import { runBuilt } from "./bots-built.ts";
import type { BotsMemoryJob, BotsMemoryResult } from "./bots-memory.bench.ts";
import { median } from "./measure.ts";
import { printGoals, type Line } from "./report.ts";

/*
 * A thousand bots in one process. With `--quick` a hundred, which are not weighed: what a process has besides is as much as
 * they are. Run alone by `node --import tsx bench/bots.ts`, after a build.
 */
const isQuick = process.argv.includes("--quick");

const agents = isQuick ? 100 : 1000;
// Spread as the command `bots` has it for so many.
const botsJob: BotsJob = {
  agents,
  busy: isQuick ? 10_000 : 30_000,
  handshakeSpread: Math.max(5000, agents * 10),
};
// Once: what is counted does not differ from run to run, and the server's restart takes its time.
const bots = await runBuilt<BotsResult>("bots.bench.ts", botsJob);
// Of a hundred, chance alone has more than five together.
const share = isQuick ? {} : { goal: 5 };
const memory = isQuick ? [] : await weigh();
printGoals(`${bots.ready} of ${agents} bots Live and Ready in one process, the simulator in another`, [
  ...memory,
  { what: "processor time for an operation", measured: bots.cpu, unit: " ms" },
  { what: "the same at the simulator", measured: bots.serverCpu, unit: " ms" },
  { what: "offers", measured: bots.offers },
  { what: "of them not Accepted when customers stopped coming", measured: bots.offers - bots.accepted },
  { what: "of them revoked", measured: bots.revoked, goal: 0 },
  {
    what: "bots that did not come back after a restart of the server",
    measured: agents - bots.back,
    goal: 0,
  },
  { what: "all were back after", measured: bots.backAfter / 1000, unit: " s" },
  {
    what: "most handshakes in 100 ms, of all, as planned",
    measured: bots.maxDue * 100,
    unit: " %",
    ...share,
  },
  { what: "the same as the server got them", measured: bots.maxAtOnce * 100, unit: " %", ...share },
  { what: "how long the process of the bots kept a timer waiting", measured: bots.lateness, unit: " ms" },
  { what: "desks that differ from the server in the end", measured: bots.differing, goal: 0 },
]);
if (isQuick)
  console.log(
    "\nBots are not weighed with --quick: a hundred of them are lost in what a process has besides.",
  );

/** Each in processes of its own, in turn, with the same order of things; medians. */
async function weigh(): Promise<Line[]> {
  const clients = ["bare", "desk", "bot"] as const;
  const results = { bare: [], desk: [], bot: [] } as Record<(typeof clients)[number], BotsMemoryResult[]>;
  for (let round = 0; round < 3; round++) {
    for (const client of clients) {
      const given: BotsMemoryJob = { client, agents, busy: 30_000 };
      results[client].push(await runBuilt<BotsMemoryResult>("bots-memory.bench.ts", given));
    }
  }
  const of = (client: (typeof clients)[number], when: "idle" | "worked", what: "resident" | "heap") =>
    median(results[client].map((result) => result[when]?.[what] ?? NaN));
  const ratio = (client: "desk" | "bot", when: "idle" | "worked", what: "resident" | "heap") =>
    of(client, when, what) / of("bare", "idle", what);
  const goal = { unit: "×", goal: 2 };
  return [
    {
      what: "resident memory, against a bare client: a desk",
      measured: ratio("desk", "idle", "resident"),
      ...goal,
    },
    { what: "a bot", measured: ratio("bot", "idle", "resident"), ...goal },
    { what: "a bot that has worked", measured: ratio("bot", "worked", "resident"), ...goal },
    { what: "the bare client", measured: of("bare", "idle", "resident") / 1024, unit: " KB" },
    { what: "live heap, against a bare client: a desk", measured: ratio("desk", "idle", "heap"), unit: "×" },
    { what: "a bot", measured: ratio("bot", "idle", "heap"), unit: "×" },
    { what: "a bot that has worked", measured: ratio("bot", "worked", "heap"), unit: "×" },
    { what: "the bare client", measured: of("bare", "idle", "heap") / 1024, unit: " KB" },
  ];
}
