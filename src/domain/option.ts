import { describeType } from "./anomaly.ts";
import { DeskError } from "./error.ts";
import * as errorText from "./error-text.ts";

/** What is thrown for an option that is wrong. */
export function invalidOption(name: string, expected: string, given: unknown): DeskError {
  return new DeskError("invalid-options", errorText.option(name, expected, describeType(given)));
}

/** The option of this name, which is a number; or the default. @throws DeskError `invalid-options` */
export function numberOption<Name extends string>(
  options: { readonly [Option in Name]?: number | undefined },
  name: Name,
  otherwise: number,
  least: number,
  most: number,
): number {
  const given: unknown = options[name];
  if (given === undefined) return otherwise;
  if (typeof given === "number" && given >= least && given <= most) return given;
  throw invalidOption(name, `a number from ${least} to ${most}`, given);
}
