import { monitorEventLoopDelay } from "node:perf_hooks";
import { runBot, type Bot } from "deskstate/bot";
import { gws } from "deskstate/gws";
import { script } from "./bots-script.ts";
import { forkBotsServer, gap } from "./fork-bots-server.ts";
import { answer, job } from "./process.ts";
import { pause, until } from "./waiting.ts";

/** The bots that work in one process; the simulator is in another. */
export interface BotsJob {
  readonly agents: number;
  /** The time that customers come, in milliseconds; each agent has about two a minute. */
  readonly busy: number;
  /** Milliseconds over which they spread their handshakes after a restart. */
  readonly handshakeSpread: number;
}

/** The result of the bots. */
export interface BotsResult {
  /** The number of bots that were Live and Ready. */
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
// The bots continue their work, until the server and the desks show the same interactions.
let differing = Infinity;
const timeout = performance.now() + 60_000;
let state = await server.ask({ ask: "state" });
const { handshakes } = state;
while (differing > 0 && performance.now() < timeout) {
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
    // Everything between the timer and the request runs synchronously.
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

/** Returns the interactions of a desk, in the form of the server's truth. */
function shown({ desk }: Bot): string {
  const interactions = desk.interactions
    .getSnapshot()
    .map(({ id, serverState }) => [id, serverState] as const);
  return JSON.stringify(interactions.toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

/** Returns the maximum of requests within so many milliseconds. */
function maxWithin(unordered: readonly number[], span: number): number {
  const times = unordered.toSorted((one, other) => one - other);
  let max = 0;
  let from = 0;
  times.forEach((time, index) => {
    while (times[from]! <= time - span) from++;
    max = Math.max(max, index - from + 1);
  });
  return max;
}

function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}
