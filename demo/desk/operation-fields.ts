import type { OperationRule } from "deskstate";

type ParameterRules = OperationRule["parameters"];

/** What a person fills in for one parameter of an operation. */
export interface OperationField {
  /** The parameters that it can be, of which one is chosen; mostly there is just one. */
  readonly names: readonly [string, ...string[]];
  readonly isRequired: boolean;
  /** The words to choose from, where it is not free text. */
  readonly words: readonly string[] | undefined;
}

/** What was filled in: which parameter, and its text. */
export interface FieldValue {
  readonly name: string;
  readonly text: string;
}

/** The fields of a form for an operation, from its rule. Parameters of which exactly one counts share a field. */
export function fieldsOf(parameters: ParameterRules): OperationField[] {
  const fields: OperationField[] = [];
  const alternatives: string[] = [];
  for (const [name, { kind, presence }] of Object.entries(parameters)) {
    if (presence === "one") alternatives.push(name);
    else {
      const words = typeof kind === "string" ? undefined : kind;
      fields.push({ names: [name], isRequired: presence === "required", words });
    }
  }
  const [first, ...others] = alternatives;
  if (first !== undefined) fields.push({ names: [first, ...others], isRequired: true, words: undefined });
  return fields;
}

/** Can the operation be performed without asking for anything? */
export function needsNothing(parameters: ParameterRules): boolean {
  return fieldsOf(parameters).every(({ isRequired }) => !isRequired);
}

/** The parameters that were filled in; what was left empty is left out. */
export function parametersFrom(rules: ParameterRules, values: readonly FieldValue[]): object {
  const filled = values.filter(({ text }) => text.trim() !== "");
  return Object.fromEntries(
    filled.map(({ name, text }) => [name, rules[name]?.kind === "names" ? listOf(text) : text.trim()]),
  );
}

function listOf(text: string): string[] {
  return text
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
}
