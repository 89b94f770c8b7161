import { monitorEventLoopDelay } from "node:perf_hooks";
import { BotError, runBot, type Bot, type Script } from "../bot/index.ts";
import { DeskError, type Link } from "../index.ts";
import type { Account } from "./accounts.ts";
import type { CommandIO } from "./command-io.ts";
import type { FailureGroup, Meter } from "./meter.ts";
import type { BotsReport, ProcessUse, RunEnding } from "./report.ts";
import type { Starter } from "./shard.ts";
import { listenForShutdown } from "./shutdown.ts";
import type { SimulatorProcess } from "./simulator-process.ts";

/** The settings of a run of many bots, each with a desk and an account of its own. */
export interface FleetRun extends Pick<CommandIO, "signals" | "exit" | "clock"> {
  readonly script: Script;
  readonly starters: readonly Starter<Account>[];
  readonly seed: number;
  readonly link: (account: Account) => Link;
  readonly meter: Meter;
  readonly log: (text: string) => void;
  readonly simulator?: SimulatorProcess | undefined;
  /** Milliseconds; `undefined` is until it is interrupted or all bots have stopped. */
  readonly for?: number | undefined;
  /** Milliseconds for the bots to finish their work. */
  readonly drain: number;
}

/** The result of a run, beside what its meter has. */
export type FleetResult = Pick<BotsReport, "startedAt" | "endedAt" | "ending" | "unaccounted"> &
  Omit<ProcessUse, "shard">;

/** The interval at which the delay of the event loop is sampled, in milliseconds. */
const resolution = 10;

/** Runs bots until the time is up, the run is interrupted, or all bots have stopped. */
export async function runFleet(run: FleetRun): Promise<FleetResult> {
  const { meter, clock, log } = run;
  const { stages, dispose } = listenForShutdown(run, 2);
  const [interrupted, aborted] = stages as [AbortSignal, AbortSignal];
  containStrays(run);
  const delay = monitorEventLoopDelay({ resolution });
  delay.enable();
  const cpuBefore = process.cpuUsage();
  const startedAt = new Date(clock.now()).toISOString();
  try {
    const fleet = startFleet(run);
    let ending = await firstEnding(run, fleet.finished, interrupted);
    meter.counts.live_at_end = meter.live;
    if (ending === "server-gone") {
      log("The simulator is gone.");
      fleet.drain(0);
      fleet.abort();
    } else if (ending !== "finished") {
      log("The bots finish their work; Ctrl-C stops them immediately.");
      fleet.drain(run.drain);
      aborted.addEventListener("abort", () => {
        ending = "aborted";
        log("The bots stop as they are.");
        fleet.abort();
      });
    }
    await fleet.finished;
    const endedAt = clock.now();
    meter.tick(endedAt);
    const { user, system } = process.cpuUsage(cpuBefore);
    return {
      startedAt,
      endedAt: new Date(endedAt).toISOString(),
      ending,
      unaccounted: await countUnaccounted(run),
      cpu: (user + system) / 1e6,
      memory: process.resourceUsage().maxRSS * 1024,
      // The interval between two samples is not a delay.
      eventLoopDelay: Math.max(0, Math.round(delay.percentile(99) / 1e6) - resolution),
    };
  } finally {
    delay.disable();
    process.setUncaughtExceptionCaptureCallback(null);
    dispose();
  }
}

function startFleet({ script, starters, seed, link, meter, clock }: FleetRun) {
  const bots: Bot[] = [];
  const timers = new Set<unknown>();
  let left = starters.length;
  const { promise: finished, resolve: finish } = withResolvers();
  const countEnded = (count: number): void => {
    left -= count;
    if (left === 0) finish();
  };
  const startBot = (account: Account): void => {
    try {
      const { onEvent } = meter;
      const bot = runBot(script, { name: account.user, seed, clock, link: link(account), onEvent });
      bots.push(bot);
      void bot.finished.then(() => countEnded(1));
    } catch (error) {
      meter.countNotStarted(creationFailure(error), clock.now());
      countEnded(1);
    }
  };
  for (const { account, after } of starters) {
    const timer = clock.setTimeout(() => {
      timers.delete(timer);
      startBot(account);
    }, after);
    timers.add(timer);
  }
  return {
    finished,
    /** Starts no more bots, and stops the running ones within so many milliseconds. */
    drain(within: number): void {
      for (const timer of timers) clock.clearTimeout(timer);
      countEnded(timers.size);
      timers.clear();
      for (const bot of bots) void bot.stop({ within });
    },
    /** Stops every bot immediately; only after `drain`. */
    abort(): void {
      for (const bot of bots) void bot.stop();
    },
  };
}

function withResolvers() {
  let resolve!: () => void;
  const promise = new Promise<void>((resolved) => {
    resolve = resolved;
  });
  return { promise, resolve };
}

/** Of foreign errors only the name, because their text may quote anything. */
function creationFailure(error: unknown): Pick<FailureGroup, "code" | "message"> {
  if (error instanceof BotError) return { code: error.code, message: error.message };
  if (error instanceof DeskError) return { code: "threw", message: error.message };
  const name = error instanceof Error ? error.name : typeof error;
  return { code: "threw", message: `The bot could not be created: ${name}.` };
}

function firstEnding(run: FleetRun, finished: Promise<void>, interrupted: AbortSignal): Promise<RunEnding> {
  const { clock, simulator } = run;
  return new Promise((resolve) => {
    const timer = run.for === undefined ? undefined : clock.setTimeout(() => end("time"), run.for);
    const end = (ending: RunEnding): void => {
      clock.clearTimeout(timer);
      resolve(ending);
    };
    interrupted.addEventListener("abort", () => end("interrupted"));
    void finished.then(() => end("finished"));
    void simulator?.ended.then(() => end("server-gone"));
  });
}

/** Once all bots have stopped: counts the interactions that agents hold and their bots did not know of. */
async function countUnaccounted({ simulator, meter }: FleetRun): Promise<number | null> {
  const holdings = await simulator?.holdings();
  if (holdings === undefined) return null;
  return holdings.flatMap(({ user, ids }) => ids.filter((id) => meter.leftOpen.get(user)?.has(id) !== true))
    .length;
}

/** A script may start something that it does not await; its failure must not end the other bots. */
function containStrays({ meter, clock }: FleetRun): void {
  process.setUncaughtExceptionCaptureCallback((error: unknown) => {
    const name = error instanceof Error ? error.name : typeof error;
    const message = `Something that a script started and did not await threw ${name}.`;
    meter.countFailure({ part: "outside", code: "threw", step: name, message }, clock.now());
  });
}
