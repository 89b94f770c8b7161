import { monitorEventLoopDelay } from "node:perf_hooks";
import type { SignalSource } from "./command-io.ts";
import { Fleet, type FleetSetup } from "./fleet.ts";
import type { RunEnding } from "./report.ts";
import { listenForShutdown } from "./shutdown.ts";
import type { SimulatorProcess } from "./simulator-process.ts";

/** The settings of a run. */
export interface FleetRun {
  readonly fleet: FleetSetup;
  readonly log: (text: string) => void;
  readonly signals: SignalSource;
  readonly simulator: SimulatorProcess | undefined;
  /** Milliseconds; `undefined` is until it is interrupted or all bots have stopped. */
  readonly for: number | undefined;
  /** Milliseconds for the bots to finish their work. */
  readonly drain: number;
}

/** The result of a run, beside what its meter has. */
export interface FleetResult {
  readonly began: number;
  readonly ended: number;
  readonly ending: RunEnding;
  readonly unaccounted: number | null;
  /** Seconds. */
  readonly cpu: number;
  /** Bytes. */
  readonly memory: number;
  /** Milliseconds. */
  readonly lateness: number;
}

/** The interval at which the delay of the event loop is sampled, in milliseconds. */
const resolution = 10;

/** Runs a fleet to its end. */
export async function runFleet(run: FleetRun): Promise<FleetResult> {
  const { fleet: setup, log } = run;
  const { meter, clock } = setup;
  const { stages, dispose } = listenForShutdown(run.signals, 2);
  const [drain, cut] = stages as [AbortSignal, AbortSignal];
  const releaseStrays = containStrays(setup);
  const delay = monitorEventLoopDelay({ resolution });
  delay.enable();
  const before = process.cpuUsage();
  const began = clock.now();
  const fleet = new Fleet(setup);
  try {
    fleet.start();
    let ending = await firstEnding(run, fleet, drain);
    meter.counts.live_at_end = meter.live;
    if (ending !== "finished") {
      const isServerGone = ending === "server-gone";
      log(
        isServerGone
          ? "The simulator is gone."
          : "The bots finish their work; Ctrl-C stops them immediately.",
      );
      fleet.drain(isServerGone ? 0 : run.drain);
      if (isServerGone) fleet.cut();
      cut.addEventListener("abort", () => {
        ending = "cut";
        log("The bots stop as they are.");
        fleet.cut();
      });
      await fleet.finished;
    }
    const ended = clock.now();
    meter.tick(ended);
    const { user, system } = process.cpuUsage(before);
    return {
      began,
      ended,
      ending,
      unaccounted: await countUnaccounted(run),
      cpu: (user + system) / 1e6,
      memory: process.resourceUsage().maxRSS * 1024,
      // The interval between two samples is not a delay.
      lateness: Math.max(0, Math.round(delay.percentile(99) / 1e6) - resolution),
    };
  } finally {
    delay.disable();
    releaseStrays();
    dispose();
  }
}

function firstEnding(run: FleetRun, fleet: Fleet, drain: AbortSignal): Promise<RunEnding> {
  const { clock } = run.fleet;
  return new Promise((resolve) => {
    const timer = run.for === undefined ? undefined : clock.setTimeout(() => end("time"), run.for);
    const end = (ending: RunEnding): void => {
      clock.clearTimeout(timer);
      resolve(ending);
    };
    drain.addEventListener("abort", () => end("interrupted"));
    void fleet.finished.then(() => end("finished"));
    void run.simulator?.ended.then(() => end("server-gone"));
  });
}

/** Once all bots have stopped: counts the interactions that agents hold and their bots did not know of. */
async function countUnaccounted({ simulator, fleet: { meter } }: FleetRun): Promise<number | null> {
  const holdings = await simulator?.holdings();
  if (holdings === undefined) return null;
  return holdings
    .map(({ user, ids }) => ids.filter((id) => meter.leftOpen.get(user)?.has(id) !== true).length)
    .reduce((sum, count) => sum + count, 0);
}

/**
 * A script may start something that it does not await; its failure must not end the other bots.
 *
 * @returns a function that ends it
 */
function containStrays({ meter, clock }: FleetSetup): () => void {
  process.setUncaughtExceptionCaptureCallback((error: unknown) => {
    const name = error instanceof Error ? error.name : typeof error;
    const message = `Something that a script started and did not await threw ${name}.`;
    meter.countFailure({ part: "outside", code: "threw", step: name, message }, clock.now());
  });
  return () => process.setUncaughtExceptionCaptureCallback(null);
}
