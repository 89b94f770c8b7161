import { describe } from "../domain/anomaly.ts";
import { DeskError } from "../domain/error.ts";
import * as errorText from "../domain/error-text.ts";
import type { DeskOptions } from "./desk.ts";
import type { Vocabulary } from "../domain/vocabulary.ts";

const longest = 600_000;

/** @throws DeskError `invalid-options`, saying what was expected. */
export function checkOptions<Words extends Vocabulary>(options: DeskOptions<Words>): void {
  const given: unknown = options;
  if (typeof given !== "object" || given === null) fail("options", "an object with a link", given);
  const { link, inspect } = options as { link: unknown; inspect?: unknown };
  if (typeof link !== "object" || link === null || !("connect" in link)) {
    fail("link", "a link, such as gws({ url, credentials }) from deskstate/gws", link);
  }
  if (inspect !== undefined && !isObserver(inspect)) fail("inspect", "a function or an observer", inspect);
  checkNumber("operationTimeout", options.operationTimeout, 1, longest);
  checkNumber("recoveryTimeout", options.recoveryTimeout, 1, longest);
  checkNumber("keepEnded", options.keepEnded, 0, 100_000);
  checkNumber("keepAnomalies", options.keepAnomalies, 1, 100_000);
}

function isObserver(value: unknown): boolean {
  return typeof value === "function" || (typeof value === "object" && value !== null && "next" in value);
}

function checkNumber(name: string, value: unknown, least: number, most: number): void {
  if (value === undefined) return;
  if (typeof value !== "number" || !(value >= least) || !(value <= most)) {
    fail(name, `a number from ${least} to ${most}`, value);
  }
}

function fail(name: string, expected: string, value: unknown): never {
  throw new DeskError("invalid-options", errorText.option(name, expected, describe(value)));
}
