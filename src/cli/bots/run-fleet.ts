import { monitorEventLoopDelay } from "node:perf_hooks";
import { Fleet, type FleetSetup } from "./fleet.ts";
import { Interrupts } from "./interrupts.ts";
import type { RunEnding } from "./report.ts";
import type { SimulatorProcess } from "./simulator-process.ts";

/** What a run needs. */
export interface FleetRun {
  readonly fleet: FleetSetup;
  readonly note: (text: string) => void;
  readonly simulator: SimulatorProcess | undefined;
  /** Milliseconds; until it is interrupted or all are through where it is not given. */
  readonly for: number | undefined;
  /** Milliseconds for the bots to finish what they have. */
  readonly drain: number;
}

/** How a run went, beside what its meter says. */
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

/** How finely the delay of the event loop is looked at, in milliseconds. */
const resolution = 10;

/** Runs a fleet to its end. */
export async function runFleet(run: FleetRun): Promise<FleetResult> {
  const { fleet: setup, note } = run;
  const interrupts = new Interrupts();
  const contained = containStrays(setup);
  const delay = monitorEventLoopDelay({ resolution });
  delay.enable();
  const before = process.cpuUsage();
  const began = Date.now();
  const fleet = new Fleet(setup);
  try {
    fleet.start();
    let ending = await firstEnd(run, fleet, interrupts);
    setup.meter.counts.live_at_end = setup.meter.live;
    if (ending !== "finished") {
      if (ending === "server-gone") note("The simulator is gone.");
      else note("The bots finish what they have; Ctrl-C stops them at once.");
      fleet.drain(ending === "server-gone" ? 0 : run.drain);
      interrupts.cut.addEventListener("abort", () => {
        ending = "cut";
        note("The bots stop as they are.");
        fleet.cut();
      });
      if (ending === "server-gone") fleet.cut();
      await fleet.finished;
    }
    const ended = Date.now();
    setup.meter.tick(ended);
    const { user, system } = process.cpuUsage(before);
    return {
      began,
      ended,
      ending,
      unaccounted: await unaccounted(run),
      cpu: (user + system) / 1e6,
      memory: process.resourceUsage().maxRSS * 1024,
      // The time between two looks is no delay.
      lateness: Math.max(0, Math.round(delay.percentile(99) / 1e6) - resolution),
    };
  } finally {
    delay.disable();
    contained();
    interrupts.forget();
  }
}

function firstEnd(run: FleetRun, fleet: Fleet, interrupts: Interrupts): Promise<RunEnding> {
  return new Promise((resolve) => {
    const timer = run.for === undefined ? undefined : setTimeout(() => resolve("time"), run.for);
    interrupts.drain.addEventListener("abort", () => resolve("interrupted"));
    void fleet.finished.then(() => {
      clearTimeout(timer);
      resolve("finished");
    });
    void run.simulator?.gone.then(() => resolve("server-gone"));
  });
}

/** Once all bots have stopped: what the server says they have in hand, and they did not know of. */
async function unaccounted({ simulator, fleet: { meter } }: FleetRun): Promise<number | null> {
  const holdings = await simulator?.holdings();
  if (holdings === undefined) return null;
  const unknown = ({ user, ids }: (typeof holdings)[number]) =>
    ids.filter((id) => meter.leftOpen.get(user)?.has(id) !== true).length;
  return holdings.reduce((sum, holding) => sum + unknown(holding), 0);
}

/**
 * A script may start something that it does not wait for; when that fails it must not end the other bots.
 *
 * @returns ends it
 */
function containStrays({ meter }: FleetSetup): () => void {
  process.setUncaughtExceptionCaptureCallback((error: unknown) => {
    const name = error instanceof Error ? error.name : typeof error;
    const message = `Something that a script started and did not wait for threw ${name}.`;
    meter.failed({ part: "outside", code: "threw", step: name, message }, Date.now());
  });
  return () => process.setUncaughtExceptionCaptureCallback(null);
}
