import { describeType } from "./anomaly.ts";
import { DeskError } from "./error.ts";
import * as errorText from "./error-text.ts";

/** Returns the error for an invalid option. */
export function invalidOption(name: string, expected: string, given: unknown): DeskError {
  return new DeskError("invalid-options", errorText.option(name, expected, describeType(given)));
}

/** Returns the option of this name, which is a number; or the default. @throws DeskError `invalid-options` */
export function numberOption<Name extends string>(
  options: { readonly [Option in Name]?: number | undefined },
  name: Name,
  otherwise: number,
  min: number,
  max: number,
): number {
  const given: unknown = options[name];
  if (given === undefined) return otherwise;
  if (typeof given === "number" && given >= min && given <= max) return given;
  throw invalidOption(name, `a number from ${min} to ${max}`, given);
}
