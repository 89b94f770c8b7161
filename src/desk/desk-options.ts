import { isObject } from "../domain/anomaly.ts";
import { systemClock } from "../domain/clock.ts";
import { invalidOption, numberOption } from "../domain/option.ts";
import type { Vocabulary } from "../domain/vocabulary.ts";
import type { CoreOptions } from "./create-desk.ts";
import type { DeskOptions } from "./desk.ts";
import type { Link } from "./link.ts";

const longest = 600_000;

/** The options of a desk, checked and complete. @throws DeskError `invalid-options`, saying what was expected. */
export function completeOptions<Words extends Vocabulary>(options: DeskOptions<Words>): CoreOptions {
  if (!isObject(options)) throw invalidOption("options", "an object with a link", options);
  const { link, inspect } = options;
  if (!isObject(link) || !("connect" in link)) {
    throw invalidOption("link", "a link, such as gws({ url, credentials })", link);
  }
  if (inspect !== undefined && typeof inspect !== "function" && !(isObject(inspect) && "next" in inspect))
    throw invalidOption("inspect", "a function or an observer", inspect);
  return {
    // The operations of a dialect are types only; at run time the link's rules say which there are.
    link: link as unknown as Link,
    inspect,
    clock: options.clock ?? systemClock,
    random: options.random ?? Math.random,
    operationTimeout: numberOption(options, "operationTimeout", 15_000, 1, longest),
    recoveryTimeout: numberOption(options, "recoveryTimeout", 60_000, 1, longest),
    keepEnded: numberOption(options, "keepEnded", 200, 0, 100_000),
    keepAnomalies: numberOption(options, "keepAnomalies", 1000, 1, 100_000),
  };
}
