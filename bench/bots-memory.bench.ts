import { createDesk, type Desk } from "deskstate";
import { runBot, type Bot } from "deskstate/bot";
import { gws } from "deskstate/gws";
import { connectBare } from "./bare-client.ts";
import { script } from "./bots-script.ts";
import { forkBotsServer, gap } from "./fork-bots-server.ts";
import { answer, job } from "./process.ts";
import { pause, until } from "./waiting.ts";

/** The clients that work in one process; the simulator is in another. */
export interface BotsMemoryJob {
  readonly client: "bare" | "desk" | "bot";
  readonly agents: number;
  /** The time that bots have customers before they are measured again, in milliseconds. */
  readonly busy: number;
}

/** The memory of each client, in bytes. */
export interface Weight {
  /** Resident memory. */
  readonly resident: number;
  /** The heap after its garbage was collected. */
  readonly heap: number;
}

export interface BotsMemoryResult {
  /** When all are there and have nothing to do. */
  readonly idle: Weight;
  /** When what came has been dealt with; only bots deal with anything. */
  readonly worked: Weight | undefined;
}

const { client, agents, busy } = job<BotsMemoryJob>();
// Some come before, and work, so that what is made once is not counted: code that is compiled, above all.
const first = 50;
const server = forkBotsServer();
const { url, accounts } = await server.ask({ ask: "start", agents: first + agents, csrf: false });
const all: unknown[] = [];
await start(first);
if (client === "bot") await work();
const before = await weigh();
await start(agents);
const idle = since(await weigh());

let worked: Weight | undefined;
if (client === "bot") {
  await work();
  worked = since(await weigh());
}
answer<BotsMemoryResult>({ idle, worked });
server.stop();
process.exit();

async function start(count: number): Promise<void> {
  // One after the other: this is about having them, not about their coming.
  for (const credentials of accounts.slice(all.length, all.length + count)) {
    if (client === "bare") {
      all.push(await connectBare({ url, ...credentials }, () => {}));
      continue;
    }
    const link = gws({ url, credentials });
    const one = client === "bot" ? runBot(script, { name: credentials.user, link }) : createDesk({ link });
    const desk = "desk" in one ? one.desk : one;
    if (!("desk" in one)) await becomeReady(one);
    await until(() => isReady(desk), 60_000);
    if (!isReady(desk)) throw new Error(`${credentials.user} is not Ready.`);
    all.push(one);
  }
}

/** Lets customers come for a while. Resolves when the bots have finished their interactions. */
async function work(): Promise<void> {
  const bots = all as Bot[];
  await server.ask({ ask: "customers", meanGap: gap(bots.length) });
  await pause(busy);
  await server.ask({ ask: "customers", meanGap: 0 });
  await until(() => bots.every(({ desk }) => desk.interactions.getSnapshot().length === 0), 120_000);
}

async function becomeReady(desk: Desk): Promise<void> {
  await desk.start();
  for (const channel of desk.channels.getSnapshot()) await channel.actions.Ready?.();
}

function isReady({ channels }: Desk): boolean {
  const both = channels.getSnapshot();
  return both.length === 2 && both.every(({ state }) => state === "Ready");
}

/** Measures every client in the same state: idle connections are closed, and garbage is collected and given back. */
async function weigh(): Promise<Weight> {
  // Connections are closed after some seconds without use, and the engine gives back room after some collections only.
  for (let round = 0; round < 3; round++) {
    await pause(3000);
    for (let count = 0; count < 4; count++) {
      globalThis.gc?.();
      await pause(100);
    }
  }
  const { rss: resident, heapUsed: heap } = process.memoryUsage();
  return { resident, heap };
}

function since(now: Weight): Weight {
  return { resident: (now.resident - before.resident) / agents, heap: (now.heap - before.heap) / agents };
}
