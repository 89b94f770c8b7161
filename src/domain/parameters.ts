import { describeType, isObject } from "./anomaly.ts";
import { DeskError } from "./error.ts";
import * as errorText from "./error-text.ts";
import { isUserDataValue, type UserDataValue } from "./user-data.ts";

/**
 * The kind of a parameter, checked when the action is called.
 *
 * - `text`: any text with at least one character.
 * - `name`: a text of 1 to 256 characters without control characters.
 * - `names`: a list of at least one name.
 * - `count`: a whole number from 0.
 * - `entries`: an object with at least one key, and text, numbers, booleans or null as values.
 * - a list of words: one of them.
 */
export type ParameterKind = "text" | "name" | "names" | "entries" | "count" | readonly string[];

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

/** The type of an argument of this kind. */
type ValueOf<Kind> = Kind extends "text" | "name"
  ? string
  : Kind extends "count"
    ? number
    : Kind extends "names"
      ? readonly string[]
      : Kind extends "entries"
        ? Readonly<Record<string, UserDataValue>>
        : Kind extends readonly (infer Word)[]
          ? Word
          : never;

type NamesOf<Rules, Presence extends ParameterRule["presence"]> = {
  [Name in keyof Rules]: Rules[Name] extends { readonly presence: Presence } ? Name : never;
}[keyof Rules];

type Given<Rules, Name extends keyof Rules> = Rules[Name] extends { readonly kind: infer Kind }
  ? ValueOf<Kind>
  : never;

type ExactlyOne<Rules, Names extends keyof Rules> = {
  [Name in Names]: { [Own in Name]: Given<Rules, Own> } & { [Other in Exclude<Names, Name>]?: never };
}[Names];

type Flat<Type> = { [Key in keyof Type]: Type[Key] };

/** The object that the action of an operation with these parameters takes. */
export type ParametersOf<Rules> = Flat<
  { [Name in NamesOf<Rules, "required">]: Given<Rules, Name> } & {
    [Name in NamesOf<Rules, "optional">]?: Given<Rules, Name>;
  } & ([NamesOf<Rules, "one">] extends [never] ? unknown : ExactlyOne<Rules, NamesOf<Rules, "one">>)
>;

/** The parameter list of the action of an operation with these parameters. */
export type ArgumentsOf<Rules> = [keyof Rules] extends [never]
  ? []
  : Partial<Record<keyof Rules, never>> extends ParametersOf<Rules>
    ? [parameters?: ParametersOf<Rules>]
    : [parameters: ParametersOf<Rules>];

/** Checked parameters: a frozen copy without a prototype. */
export type Parameters = Readonly<Record<string, unknown>>;

/** Checks the parameters of a call. @throws DeskError `invalid-arguments`, whose message names what was expected. */
export function checkParameters(operation: string, rules: ParameterRules, given: unknown): Parameters {
  const check = (isValid: boolean, why: () => string) => {
    if (!isValid) throw invalidArguments(operation, why());
  };
  check(given === undefined || isNamed(given), () => errorText.notAnObject(shown(given)));
  const source: Record<string, unknown> = { ...(given as object) };
  const names = Object.keys(rules);
  for (const name in source) check(names.includes(name), () => errorText.unknownArgument(name, names));
  const checked = Object.create(null) as Record<string, unknown>;
  for (const [name, { kind, presence, not = [] }] of Object.entries(rules)) {
    const value = source[name];
    if (value === undefined && presence !== "required") continue;
    const { expected, fits } = typeof kind === "string" ? kinds[kind] : oneOf(kind);
    check(fits(value), () => errorText.invalidArgument(name, expected, shown(value)));
    const isFree = !not.includes(value as string);
    check(isFree, () => errorText.invalidArgument(name, `other than ${not.join(", ")}`, shown(value)));
    checked[name] = copy(value);
  }
  const alternatives = names.filter((name) => rules[name]?.presence === "one");
  const count = alternatives.filter((name) => name in checked).length;
  check(count === 1 || alternatives.length === 0, () => errorText.notExactlyOne(alternatives));
  return Object.freeze(checked);
}

/** Returns the error for arguments with which an operation was not sent. */
export function invalidArguments(operation: string, why: string): DeskError {
  return new DeskError("invalid-arguments", errorText.notSent(operation, why), { operation });
}

interface Kind {
  readonly expected: string;
  readonly fits: (value: unknown) => boolean;
}

/** Also the key of user data, which may be any text that is not empty. */
const isName = (value: unknown) => typeof value === "string" && /^[ -\uffff]{1,256}$/.test(value);

const kinds: Readonly<Record<Extract<ParameterKind, string>, Kind>> = {
  text: { expected: "text that is not empty", fits: (value) => typeof value === "string" && value !== "" },
  name: { expected: "a text of 1 to 256 characters without control characters", fits: isName },
  count: {
    expected: "a whole number from 0",
    fits: (value) => Number.isSafeInteger(value) && (value as number) >= 0,
  },
  names: {
    expected: "a list of at least one name",
    fits: (value) => Array.isArray(value) && value.length > 0 && value.every(isName),
  },
  entries: {
    expected: "an object of text, numbers, booleans or null, with at least one key",
    fits: (value) => {
      const values: unknown[] = isNamed(value) ? Object.values(value) : [];
      return values.length > 0 && values.every(isUserDataValue);
    },
  },
};

function oneOf(words: readonly string[]): Kind {
  return { expected: `one of ${words.join(", ")}`, fits: (value) => words.includes(value as string) };
}

function isNamed(value: unknown): value is object {
  return isObject(value) && !Array.isArray(value);
}

function copy(value: unknown): unknown {
  if (Array.isArray(value)) return Object.freeze([...(value as unknown[])]);
  return isObject(value) ? Object.freeze({ __proto__: null, ...value }) : value;
}

/** Describes an argument to its caller; a short word is quoted. */
function shown(value: unknown): string {
  return typeof value === "string" && /^[\w-]{1,40}$/.test(value) ? `"${value}"` : describeType(value);
}
