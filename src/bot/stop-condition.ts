import type { Clock } from "../index.ts";
import type { Agent } from "./agent.ts";
import type { Script } from "./script.ts";

/** What a stop condition needs of its bot. */
export interface StopConditionSetup {
  readonly until: Script["until"];
  readonly clock: Clock;
  readonly agent: () => Agent;
  readonly handled: () => number;
  readonly cameTrue: () => void;
  readonly failed: (error: unknown) => void;
}

/** Looks out for the script's `until`. */
export class StopCondition {
  readonly #setup: StopConditionSetup;
  #agent: Agent | undefined;
  #hasFailed = false;

  constructor(setup: StopConditionSetup) {
    this.#setup = setup;
  }

  /** Begins to look at the time. @returns ends it */
  watch(): () => void {
    const { until, clock, cameTrue } = this.#setup;
    if (typeof until !== "object" || until.elapsed === undefined || until.elapsed === Infinity)
      return () => {};
    const timer = clock.setTimeout(cameTrue, until.elapsed);
    return () => clock.clearTimeout(timer);
  }

  /** Something happened. */
  look(): void {
    const { until, agent, handled, cameTrue, failed } = this.#setup;
    if (until === undefined || this.#hasFailed) return;
    try {
      const isEnough =
        typeof until === "function"
          ? until((this.#agent ??= agent()))
          : handled() >= (until.handled ?? Infinity);
      if (isEnough) cameTrue();
    } catch (error) {
      // First, because telling of it is a happening too.
      this.#hasFailed = true;
      failed(error);
    }
  }
}
