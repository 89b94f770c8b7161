import type { InspectionEvent } from "xstate";
import { isObject } from "../domain/anomaly.ts";
import { systemClock, type Clock } from "../domain/clock.ts";
import { invalidOption, numberOption } from "../domain/option.ts";
import type { Random } from "../domain/random.ts";
import type { InteractionKind } from "../kinds/kind.ts";
import { otherKind } from "../kinds/other-kind.ts";
import { standardKinds } from "../kinds/standard-kinds.ts";
import type { ServerOperations } from "../kinds/vocabulary.ts";
import type { DeskOptions } from "./desk.ts";
import type { Link } from "./link.ts";
import type { Observer } from "./readable-store.ts";

/** The options of a desk, all of them set. */
export interface CompleteOptions {
  readonly link: Link<ServerOperations>;
  readonly kinds: readonly InteractionKind[];
  readonly operationTimeout: number;
  readonly recoveryTimeout: number;
  readonly keepEnded: number;
  readonly keepAnomalies: number;
  readonly inspect: Observer<InspectionEvent> | undefined;
  readonly clock: Clock;
  readonly random: Random;
}

const maxTimeout = 600_000;

/** Returns the options of a desk, checked and complete. @throws DeskError `invalid-options`, with what was expected. */
export function completeOptions<Server extends ServerOperations, Kinds extends readonly InteractionKind[]>(
  options: DeskOptions<Server, Kinds>,
): CompleteOptions {
  if (!isObject(options)) throw invalidOption("options", "an object with a link", options);
  const { link, inspect, kinds = standardKinds } = options;
  if (!isObject(link) || !("connect" in link)) {
    throw invalidOption("link", "a link, such as gws({ url, credentials })", link);
  }
  if (inspect !== undefined && typeof inspect !== "function" && !(isObject(inspect) && "next" in inspect))
    throw invalidOption("inspect", "a function or an observer", inspect);
  checkKinds(kinds);
  return {
    link,
    kinds,
    inspect,
    clock: options.clock ?? systemClock,
    random: options.random ?? Math.random,
    operationTimeout: numberOption(options, "operationTimeout", 15_000, 1, maxTimeout),
    recoveryTimeout: numberOption(options, "recoveryTimeout", 60_000, 1, maxTimeout),
    keepEnded: numberOption(options, "keepEnded", 200, 0, 100_000),
    keepAnomalies: numberOption(options, "keepAnomalies", 1000, 1, 100_000),
  };
}

function checkKinds(kinds: unknown): asserts kinds is readonly InteractionKind[] {
  if (!Array.isArray(kinds) || !kinds.every(isKind))
    throw invalidOption("kinds", "a list of kinds, each made by defineKind", kinds);
  for (const [what, words] of [
    ["name", [otherKind.name, ...kinds.map(({ name }) => name)]],
    ["channel", kinds.flatMap(({ channels }) => channels)],
    ["field", kinds.flatMap(({ fields }) => Object.keys(fields))],
  ] as const) {
    const twice = words.find((word, index) => words.indexOf(word) !== index);
    if (twice !== undefined)
      throw invalidOption("kinds", `kinds that do not share the ${what} "${twice}"`, kinds);
  }
}

function isKind(value: unknown): value is InteractionKind {
  return isObject(value) && "machine" in value && "evidence" in value && "fields" in value;
}
