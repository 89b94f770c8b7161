import { systemClock } from "../domain/clock.ts";
import {
  createDesk,
  standardKinds,
  type Clock,
  type Desk,
  type InteractionKind,
  type Link,
} from "../index.ts";
import { BotError, describeValue } from "./bot-error.ts";
import type { BotEvent, BotSummary } from "./bot-event.ts";
import { BotRun } from "./bot-run.ts";
import * as errorText from "./error-text.ts";
import { stream } from "./pacing.ts";
import type { BotKind } from "./script-context.ts";
import { defineBot, type Script } from "./script.ts";
import { isTimeLimit, timeLimitText } from "./think-time.ts";

/** The settings of a bot with its desk, or with a link to create one. */
export type RunBotOptions = RunBotSettings &
  (
    | { readonly desk: Desk; readonly link?: never }
    /**
     * The bot creates its own desk, which knows the script's kinds, and keeps 20 anomalies, and an ended interaction only until its end was emitted and
     * the script is through with it.
     */
    | { readonly link: Link; readonly desk?: never }
  );

/** The settings of a bot. */
export interface RunBotSettings {
  /** Distinguishes bots, in events and in their random numbers; default `agent`. */
  readonly name?: string;
  /** All choices of the bot follow from the seed and the name; default 1. */
  readonly seed?: number;
  /** The clock of the desk; default the system clock. */
  readonly clock?: Clock;
  /** Called with each event, from the start. What it throws is counted as a failure and changes nothing else. */
  readonly onEvent?: (event: BotEvent) => unknown;
}

/** The reason and the limit of stopping. */
export interface StopOptions {
  /** The reason for NotReady, such as `Training`. */
  readonly reason?: string;
  /**
   * Milliseconds to finish the work, and again to hand back the rest, from 0 to 2,147,483,647; `Infinity` is no limit;
   * default the script's deadline.
   */
  readonly within?: number;
}

/** A running bot: a desk, and a script that works at it. */
export interface Bot {
  readonly name: string;
  /** The desk that it works at. */
  readonly desk: Desk;
  /** Returns the result so far. */
  readonly summary: () => BotSummary;
  /**
   * Makes the channels NotReady, accepts nothing new, finishes the work or hands it back, and stops the desk. A second
   * call stops the bot immediately. Resolves as `finished` does.
   *
   * @throws BotError `invalid-options`; nothing is stopped then
   */
  readonly stop: (options?: StopOptions) => Promise<BotSummary>;
  /** Resolves when the bot has stopped, for whatever reason. Never rejects. */
  readonly finished: Promise<BotSummary>;
}

/**
 * Starts a bot: starts its desk, and lets the script do the agent's work. Errors of the script are emitted, not thrown.
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
      : createDesk({
          link,
          clock,
          kinds: deskKinds(checked),
          random: stream(seed, name, "desk"),
          keepEnded: 20,
          keepAnomalies: 20,
        });
  // Kept interactions would take more memory than the bot; a caller who wants to keep them gives a desk.
  const dismisses = link !== undefined;
  const run = new BotRun({ script: checked, desk, dismisses, name, seed, clock, onEvent });
  run.start();
  return Object.freeze({
    name,
    desk,
    summary: () => run.summary(),
    stop: async ({ reason, within }: StopOptions = {}) => {
      if (within !== undefined && !isTimeLimit(within, 0))
        throw invalid("stop", "within", timeLimitText(0), within);
      run.stop(reason, within);
      return run.finished;
    },
    finished: run.finished,
  });
}

/** Returns the kinds of the desk that a script works at: the standard ones, and those of the script that are complete. */
function deskKinds({ kinds = [] }: Script): readonly InteractionKind[] {
  const own = kinds.filter((kind): kind is BotKind & InteractionKind => "machine" in kind);
  return [...standardKinds.filter(({ name }) => !own.some((kind) => kind.name === name)), ...own];
}

const knownOptions = ["desk", "link", "name", "seed", "clock", "onEvent"];

function checkOptions(options: unknown): void {
  const expect = (name: string, isValid: boolean, expected: string, got: unknown) => {
    if (!isValid) throw invalid("runBot", name, expected, got);
  };
  if (typeof options !== "object" || options === null) {
    throw invalid("runBot", "options", "an object with a desk or a link", options);
  }
  for (const key of Object.keys(options)) {
    if (knownOptions.includes(key)) continue;
    throw new BotError("invalid-options", errorText.unknownKey("runBot", key, knownOptions));
  }
  const { desk, link, name = "agent", seed = 1, clock, onEvent } = options as Record<string, unknown>;
  const isOne = (desk === undefined) !== (link === undefined);
  expect("desk", isOne, "given, or a link, but not both", desk ?? link);
  expect("desk", isAbsentOr(desk, "changes"), "a desk from createDesk", desk);
  expect("link", isAbsentOr(link, "connect"), "a link, such as gws({ url, credentials })", link);
  expect("name", typeof name === "string" && name !== "", "a text", name);
  expect("seed", Number.isFinite(seed), "a number", seed);
  expect("clock", isAbsentOr(clock, "setTimeout"), "a clock", clock);
  expect("onEvent", onEvent === undefined || typeof onEvent === "function", "a function", onEvent);
}

function isAbsentOr(value: unknown, key: string): boolean {
  return value === undefined || (typeof value === "object" && value !== null && key in value);
}

function invalid(call: string, name: string, expected: string, got: unknown): BotError {
  return new BotError("invalid-options", errorText.invalidKey(call, name, expected, describeValue(got)));
}
