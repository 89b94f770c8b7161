import { describe } from "./anomaly.ts";
import { DeskError } from "./error.ts";
import * as errorText from "./error-text.ts";
import { isUserDataValue } from "./user-data.ts";

/**
 * What an operation takes, checked when its action is called.
 *
 * - `text`: any text with at least one character.
 * - `name`: a text of 1 to 256 characters without control characters.
 * - `names`: a list of at least one name.
 * - `entries`: an object with at least one key, and text, numbers, booleans or null as values.
 * - a list of words: one of them.
 */
export type ParameterKind = "text" | "name" | "names" | "entries" | readonly string[];

/** One parameter. */
export interface ParameterRule {
  readonly kind: ParameterKind;
  /** `one` means that exactly one of the parameters marked so must be there. */
  readonly presence: "required" | "optional" | "one";
  /** Texts that it must not be, because they mean something else on the wire. */
  readonly not?: readonly string[];
}

/** The parameters of an operation by name. */
export type ParameterRules = Readonly<Record<string, ParameterRule>>;

/** Parameters after the check: a copy without a prototype that nobody else holds. */
export type Parameters = Readonly<Record<string, unknown>>;

/** Checks the parameters of a call. @throws DeskError `invalid-arguments`, saying what was expected. */
export function checkParameters(operation: string, rules: ParameterRules, given: unknown): Parameters {
  const fail = (message: string) => new DeskError("invalid-arguments", message, { operation });
  if (given !== undefined && (typeof given !== "object" || given === null || Array.isArray(given))) {
    throw fail(errorText.notAnObject(operation, shown(given)));
  }
  const source: Record<string, unknown> = { ...given };
  for (const name of Object.keys(source)) {
    if (!Object.hasOwn(rules, name))
      throw fail(errorText.unknownArgument(operation, name, Object.keys(rules)));
  }
  const checked = Object.create(null) as Record<string, unknown>;
  for (const [name, rule] of Object.entries(rules)) {
    const value = source[name];
    if (value === undefined && rule.presence !== "required") continue;
    if (!isOfKind(value, rule.kind)) {
      throw fail(
        errorText.wrongArgument(operation, name, expectation[kindName(rule.kind)](rule.kind), shown(value)),
      );
    }
    if (typeof value === "string" && rule.not?.includes(value) === true) {
      throw fail(errorText.wrongArgument(operation, name, `other than ${rule.not.join(", ")}`, `"${value}"`));
    }
    checked[name] = copy(value);
  }
  const alternatives = Object.keys(rules).filter((name) => rules[name]?.presence === "one");
  if (alternatives.length > 0 && alternatives.filter((name) => name in checked).length !== 1) {
    throw fail(errorText.notExactlyOne(operation, alternatives));
  }
  return Object.freeze(checked);
}

function isOfKind(value: unknown, kind: ParameterKind): boolean {
  switch (kind) {
    case "text":
      return typeof value === "string" && value.length > 0;
    case "name":
      return isName(value);
    case "names":
      return Array.isArray(value) && value.length > 0 && value.every(isName);
    case "entries":
      return (
        typeof value === "object" &&
        value !== null &&
        !Array.isArray(value) &&
        Object.keys(value).length > 0 &&
        Object.values(value).every(isUserDataValue)
      );
    default:
      return typeof value === "string" && kind.includes(value);
  }
}

/** Also the key of user data, which may be any text that is not empty. */
function isName(value: unknown): boolean {
  if (typeof value !== "string" || value.length === 0 || value.length > 256) return false;
  for (let index = 0; index < value.length; index++) if (value.charCodeAt(index) < 0x20) return false;
  return true;
}

function copy(value: unknown): unknown {
  if (Array.isArray(value)) return Object.freeze([...(value as unknown[])]);
  if (typeof value === "object" && value !== null) {
    return Object.freeze(Object.setPrototypeOf({ ...value }, null));
  }
  return value;
}

/** The caller's own argument, told to the caller: a short word is quoted. */
function shown(value: unknown): string {
  return typeof value === "string" && /^[\w-]{1,40}$/.test(value) ? `"${value}"` : describe(value);
}

function kindName(kind: ParameterKind): keyof typeof expectation {
  return typeof kind === "string" ? kind : "words";
}

const expectation = {
  text: () => "text that is not empty",
  name: () => "a text of 1 to 256 characters without control characters",
  names: () => "a list of at least one name",
  entries: () => "an object of text, numbers, booleans or null, with at least one key",
  words: (kind: ParameterKind) => `one of ${(kind as readonly string[]).join(", ")}`,
} as const;
