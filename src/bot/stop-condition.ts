import type { Clock } from "../index.ts";
import type { Agent } from "./agent.ts";
import type { ScriptSettings } from "./script.ts";

/** What a stop condition needs of its bot. */
export interface StopConditionSetup {
  readonly until: ScriptSettings["until"];
  readonly clock: Clock;
  /** Creates the agent that the script's function is given. */
  readonly agent: () => Agent;
  readonly handled: () => number;
  readonly cameTrue: () => void;
  readonly failed: (error: unknown) => void;
}

/** Watches for the script's `until`. */
export class StopCondition {
  readonly #setup: StopConditionSetup;
  #agent: Agent | undefined;
  #hasFailed = false;

  constructor(setup: StopConditionSetup) {
    this.#setup = setup;
  }

  /** Starts the timer of `elapsed`. @returns a function that clears it */
  start(): () => void {
    const { until, clock, cameTrue } = this.#setup;
    const elapsed = typeof until === "object" ? (until.elapsed ?? Infinity) : Infinity;
    if (elapsed === Infinity) return () => {};
    const timer = clock.setTimeout(cameTrue, elapsed);
    return () => clock.clearTimeout(timer);
  }

  /** Checks the condition after an event. */
  check(): void {
    const { until, agent, handled, cameTrue, failed } = this.#setup;
    if (until === undefined || this.#hasFailed) return;
    try {
      const isTrue =
        typeof until === "function"
          ? until((this.#agent ??= agent()))
          : handled() >= (until.handled ?? Infinity);
      if (isTrue) cameTrue();
    } catch (error) {
      // First, because reporting the failure is an event too.
      this.#hasFailed = true;
      failed(error);
    }
  }
}
