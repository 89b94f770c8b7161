import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { defineBot, runBot, type Bot } from "deskstate/bot";
import { gws } from "deskstate/gws";
import type { ServerRequest, ServerState } from "./bots-server.ts";
import { answer, job } from "./process.ts";

/** How many bots are to work in one process, the simulator being in another. */
export interface BotsJob {
  readonly agents: number;
  /** How long customers come, in milliseconds; each agent has about two a minute. */
  readonly busy: number;
}

/** What became of them. */
export interface BotsResult {
  /** Bytes of resident memory for each, when all are Ready and before there is anything to do. */
  readonly perAgent: number;
  /** How many were Live and Ready. */
  readonly ready: number;
  readonly offers: number;
  readonly accepted: number;
  readonly operations: number;
  /** Milliseconds of processor time for an operation, here and at the server. */
  readonly cpu: number;
  readonly serverCpu: number;
  /** After a restart: how many came back, in how many milliseconds, and the most of them in 100 ms, of one. */
  readonly back: number;
  readonly backAfter: number;
  readonly mostAtOnce: number;
  /** Agents whose desk does not show exactly what the server knows, after all that. */
  readonly differing: number;
}

const { agents, busy } = job<BotsJob>();
// Some come before, so that what is made once is not counted.
const first = 50;
const child = fork(fileURLToPath(new URL("bots-server.ts", import.meta.url)), {
  stdio: ["ignore", "ignore", "inherit", "ipc"],
});

async function ask(request: ServerRequest): Promise<ServerState> {
  child.send(request);
  const [state] = (await once(child, "message")) as [ServerState];
  return state;
}

const script = defineBot({
  typing: 0,
  reading: 0,
  chat: async (chat) => {
    await chat.say("Hello");
    await chat.answer([[/./, "Yes"]]);
    await chat.leave();
    await chat.complete();
  },
  email: async (email) => {
    await email.reply({ text: "Thank you" });
    await email.complete();
  },
});

const { url, accounts } = await ask({ ask: "start", agents: first + agents });
const bots: Bot[] = [];
await start(first);
const before = await resident();
await start(agents);
await until(() => readyBots() === bots.length, 120_000);
const ready = readyBots();
// The connections that going Ready took are closed after some seconds without use.
await pause(6000);
const perAgent = ((await resident()) - before) / agents;

const idle = total("operations");
const began = { here: processorTime(), there: (await ask({ ask: "state" })).cpu };
await ask({ ask: "customers", meanGap: 30_000 / bots.length });
await pause(busy);
await ask({ ask: "customers", meanGap: 0 });
const ended = { here: processorTime(), there: (await ask({ ask: "state" })).cpu };
const [offers, accepted, operations] = [total("offered"), total("accepted"), total("operations") - idle];

const restarted = performance.now();
await ask({ ask: "restart", downFor: 1000 });
await until(() => bots.every((bot) => bot.summary().reconnects > 0), 120_000);
const backAfter = performance.now() - restarted;
// What the bots were in the middle of goes on, until the server and the desks say the same for once.
let differing = Infinity;
const patience = performance.now() + 30_000;
let state = await ask({ ask: "state" });
while (differing > 0 && performance.now() < patience) {
  await pause(500);
  state = await ask({ ask: "state" });
  differing = bots.filter((bot) => shown(bot) !== JSON.stringify(state.truth[bot.name])).length;
}
answer<BotsResult>({
  perAgent,
  ready,
  offers,
  accepted,
  operations,
  cpu: (ended.here - began.here) / 1000 / operations,
  serverCpu: (ended.there - began.there) / 1000 / operations,
  back: bots.filter((bot) => bot.summary().reconnects > 0).length,
  backAfter,
  mostAtOnce: mostWithin(state.handshakes, 100) / bots.length,
  differing,
});
child.disconnect();
process.exit();

async function start(count: number): Promise<void> {
  for (const credentials of accounts.slice(bots.length, bots.length + count)) {
    bots.push(runBot(script, { name: credentials.user, link: gws({ url, credentials }) }));
    // A few at a time: this is about having them, not about their coming.
    await until(() => bots.length - readyBots() < 10, 60_000);
  }
  await until(() => readyBots() === bots.length, 60_000);
}

function readyBots(): number {
  let count = 0;
  for (const { desk } of bots) {
    const channels = desk.channels.getSnapshot();
    if (channels.length === 2 && channels.every(({ state: readiness }) => readiness === "Ready")) count++;
  }
  return count;
}

function total(count: "offered" | "accepted" | "operations"): number {
  return bots.reduce((sum, bot) => sum + bot.summary()[count], 0);
}

/** What a desk shows, in the form of the server's truth. */
function shown({ desk }: Bot): string {
  const interactions = desk.interactions
    .getSnapshot()
    .map(({ id, serverState }) => [id, serverState] as const);
  return JSON.stringify(interactions.toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

/** The most that came within so many milliseconds. */
function mostWithin(times: readonly number[], span: number): number {
  let most = 0;
  let from = 0;
  times.forEach((time, index) => {
    while (times[from]! <= time - span) from++;
    most = Math.max(most, index - from + 1);
  });
  return most;
}

async function until(holds: () => boolean, patience: number): Promise<void> {
  const end = performance.now() + patience;
  while (!holds() && performance.now() < end) await pause(20);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}

async function resident(): Promise<number> {
  for (let count = 0; count < 5; count++) {
    globalThis.gc?.();
    await pause(100);
  }
  return process.memoryUsage.rss();
}
