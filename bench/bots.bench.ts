import { monitorEventLoopDelay } from "node:perf_hooks";
import { runBot, type Bot } from "deskstate/bot";
import { gws } from "deskstate/gws";
import { script } from "./bots-script.ts";
import { forkBotsServer, gap } from "./fork-bots-server.ts";
import { answer, job } from "./process.ts";
import { pause, until } from "./waiting.ts";

/** How many bots are to work in one process, the simulator being in another. */
export interface BotsJob {
  readonly agents: number;
  /** How long customers come, in milliseconds; each agent has about two a minute. */
  readonly busy: number;
  /** Milliseconds over which they spread their handshakes after a restart. */
  readonly handshakeSpread: number;
}

/** What became of them. */
export interface BotsResult {
  /** How many were Live and Ready. */
  readonly ready: number;
  readonly offers: number;
  readonly accepted: number;
  readonly revoked: number;
  readonly operations: number;
  /** Milliseconds of processor time for an operation, here and at the server. */
  readonly cpu: number;
  readonly serverCpu: number;
  /** After a restart: how many came back, and in how many milliseconds. */
  readonly back: number;
  readonly backAfter: number;
  /** The most handshakes in 100 ms, of one: when their timers were due, and when the server got them. */
  readonly maxDue: number;
  readonly maxAtOnce: number;
  /** The longest that this process kept a timer waiting meanwhile, in milliseconds. */
  readonly lateness: number;
  /** Agents whose desk does not show exactly what the server knows, after all that. */
  readonly differing: number;
}

const { agents, busy, handshakeSpread } = job<BotsJob>();
const server = forkBotsServer();
const { url, accounts } = await server.ask({ ask: "start", agents, csrf: true });
const bots: Bot[] = [];
/** When the timers of handshakes were due. */
let due: number[] = [];
await start();
const ready = readyBots();

const idle = total("operations");
const began = { here: processorTime(), there: (await server.ask({ ask: "state" })).cpu };
await server.ask({ ask: "customers", meanGap: gap(agents) });
await pause(busy);
await server.ask({ ask: "customers", meanGap: 0 });
const ended = { here: processorTime(), there: (await server.ask({ ask: "state" })).cpu };
const [offers, accepted, operations] = [total("offered"), total("accepted"), total("operations") - idle];
const revoked = total("revoked");

due = [];
const delay = monitorEventLoopDelay({ resolution: 10 });
delay.enable();
const restarted = performance.now();
await server.ask({ ask: "restart", downFor: 1000 });
await until(() => bots.every((bot) => bot.summary().reconnects > 0), 120_000);
const backAfter = performance.now() - restarted;
delay.disable();
// What the bots were in the middle of goes on, until the server and the desks say the same for once.
let differing = Infinity;
const patience = performance.now() + 60_000;
let state = await server.ask({ ask: "state" });
const { handshakes } = state;
while (differing > 0 && performance.now() < patience) {
  await pause(500);
  state = await server.ask({ ask: "state" });
  differing = bots.filter((bot) => shown(bot) !== JSON.stringify(state.truth[bot.name])).length;
}
answer<BotsResult>({
  ready,
  offers,
  accepted,
  revoked,
  operations,
  cpu: (ended.here - began.here) / 1000 / operations,
  serverCpu: (ended.there - began.there) / 1000 / operations,
  back: bots.filter((bot) => bot.summary().reconnects > 0).length,
  backAfter,
  maxDue: maxWithin(due, 100) / bots.length,
  maxAtOnce: maxWithin(handshakes, 100) / bots.length,
  lateness: delay.max / 1e6,
  differing,
});
server.stop();
process.exit();

async function start(): Promise<void> {
  for (const credentials of accounts) {
    const link = gws({ url, credentials, handshakeSpread, ...noting() });
    bots.push(runBot(script, { name: credentials.user, link }));
    // A few at a time, as agents come.
    await until(() => bots.length - readyBots() < 10, 60_000);
  }
  await until(() => readyBots() === bots.length, 60_000);
}

/** The clock and the fetch of one link, which note when its handshakes were due. */
function noting() {
  let latest = 0;
  const clock = {
    now: () => Date.now(),
    setTimeout: (run: () => void, ms: number) => {
      const at = Date.now() + ms;
      const runThen = () => {
        latest = at;
        run();
      };
      return setTimeout(runThen, ms);
    },
    clearTimeout: (timer: unknown) => clearTimeout(timer as NodeJS.Timeout),
  };
  const noted: typeof fetch = (input, init) => {
    // Whatever leads from the timer to the request is done at once.
    if (typeof init?.body === "string" && init.body.includes('"/meta/handshake"')) due.push(latest);
    return fetch(input, init);
  };
  return { clock, fetch: noted };
}

function readyBots(): number {
  let count = 0;
  for (const { desk } of bots) {
    const channels = desk.channels.getSnapshot();
    if (channels.length === 2 && channels.every(({ state: readiness }) => readiness === "Ready")) count++;
  }
  return count;
}

function total(count: "offered" | "accepted" | "revoked" | "operations"): number {
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
function maxWithin(unordered: readonly number[], span: number): number {
  const times = unordered.toSorted((one, other) => one - other);
  let most = 0;
  let from = 0;
  times.forEach((time, index) => {
    while (times[from]! <= time - span) from++;
    most = Math.max(most, index - from + 1);
  });
  return most;
}

function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}
