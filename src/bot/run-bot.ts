import { systemClock } from "../domain/clock.ts";
import { createDesk, type Clock, type Desk, type Link } from "../index.ts";
import { BotError, describeValue } from "./bot-error.ts";
import { BotRun } from "./bot-run.ts";
import * as errorText from "./error-text.ts";
import type { BotEvent } from "./bot-event.ts";
import { defineBot, type Script } from "./script.ts";
import { stream } from "./seeds.ts";
import type { BotSummary } from "./tally.ts";

/** What a bot is run with: a desk of its own, or a link to make one with. */
export type RunBotOptions = RunBotSettings &
  (
    | { readonly desk: Desk; readonly link?: never }
    /**
     * The bot makes a desk for itself: it keeps 20 anomalies, and an ended interaction only until its end was told and the
     * script is through with it.
     */
    | { readonly link: Link; readonly desk?: never }
  );

/** How a bot is run. */
export interface RunBotSettings {
  /** Tells bots apart, in what happens and in chance; default `agent`. */
  readonly name?: string;
  /** Every choice of the bot comes from it and its name; default 1. */
  readonly seed?: number;
  /** The clock of the desk; default the clock of the machine. */
  readonly clock?: Clock;
  /** Told of everything that happens, from the start. What it throws is counted as a failure and changes nothing. */
  readonly onEvent?: (happening: BotEvent) => unknown;
}

/** How a bot stops. */
export interface StopOptions {
  /** The reason for NotReady, such as `Training`. */
  readonly reason?: string;
  /**
   * Milliseconds for finishing what is worked on, and again for handing back the rest, at most 2,147,483,647; `Infinity` is
   * no limit; default the script's deadline.
   */
  readonly within?: number;
}

/** A bot that runs: a desk and what a script does at it. */
export interface Bot {
  readonly name: string;
  /** Its desk, to look at. */
  readonly desk: Desk;
  /** What became of it so far. */
  readonly summary: () => BotSummary;
  /**
   * Makes channels NotReady, takes nothing new, finishes what is worked on or hands it back, and stops the desk. Called
   * again, it stops at once. Resolves as `finished` does.
   *
   * @throws BotError `invalid-options`; nothing is stopped then
   */
  readonly stop: (options?: StopOptions) => Promise<BotSummary>;
  /** Resolves when the bot has stopped, whatever made it stop. Never rejects. */
  readonly finished: Promise<BotSummary>;
}

const known = ["desk", "link", "name", "seed", "clock", "onEvent"];

/**
 * Starts a bot: starts its desk, and has the script do the agent's work. What the script throws never comes out of here.
 *
 * @throws BotError `invalid-script`, `invalid-options`
 */
export function runBot(script: Script, options: RunBotOptions): Bot {
  const checked = defineBot(script);
  checkOptions(options);
  const { link, name = "agent", seed = 1, clock = systemClock, onEvent } = options;
  const desk =
    link === undefined
      ? options.desk
      : createDesk({ link, clock, random: stream(seed, name, "desk"), keepEnded: 20, keepAnomalies: 20 });
  // What is kept of an ended interaction weighs more than the bot: it is for those who give a desk of their own.
  const dismisses = link !== undefined;
  const run = new BotRun({ script: checked, desk, dismisses, name, seed, clock, onEvent });
  run.start();
  return Object.freeze({ name, desk, summary: run.summary, stop: run.stop, finished: run.finished });
}

function checkOptions(options: unknown): void {
  if (typeof options !== "object" || options === null) {
    throw wrong("options", "an object with a desk or a link", options);
  }
  for (const key of Object.keys(options)) {
    if (!known.includes(key)) {
      throw new BotError("invalid-options", errorText.unknownKey("runBot", key, known));
    }
  }
  const { desk, link, name, seed, clock, onEvent } = options as Record<string, unknown>;
  if ((desk === undefined) === (link === undefined))
    throw wrong("desk", "given, or a link, but not both", desk ?? link);
  if (desk !== undefined && !has(desk, "changes")) throw wrong("desk", "a desk from createDesk", desk);
  if (link !== undefined && !has(link, "connect"))
    throw wrong("link", "a link, such as gws({ url, credentials })", link);
  if (name !== undefined && (typeof name !== "string" || name === "")) throw wrong("name", "a text", name);
  if (seed !== undefined && !Number.isFinite(seed)) throw wrong("seed", "a number", seed);
  if (clock !== undefined && !has(clock, "setTimeout")) throw wrong("clock", "a clock", clock);
  if (onEvent !== undefined && typeof onEvent !== "function") {
    throw wrong("onEvent", "a function", onEvent);
  }
}

function has(value: unknown, key: string): boolean {
  return typeof value === "object" && value !== null && key in value;
}

function wrong(name: string, expected: string, got: unknown): BotError {
  return new BotError("invalid-options", errorText.wrongKey("runBot", name, expected, describeValue(got)));
}
