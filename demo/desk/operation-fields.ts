import type { OperationRule } from "deskstate";

type ParameterRules = OperationRule["parameters"];

/** A field of the form for an operation. */
export interface OperationField {
  /** The parameters that the field can stand for; with several, the person chooses one. */
  readonly names: readonly [string, ...string[]];
  readonly isRequired: boolean;
  /** The allowed words, where it is not free text. */
  readonly words: readonly string[] | undefined;
}

/** A field that was filled in: its parameter and its text. */
export interface FieldValue {
  readonly name: string;
  readonly text: string;
}

/** Returns the fields of a form for an operation, from its rule. Parameters of which exactly one is given share a field. */
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

/** Returns whether an operation has no required parameters. */
export function needsNothing(parameters: ParameterRules): boolean {
  return fieldsOf(parameters).every(({ isRequired }) => !isRequired);
}

/** Returns the parameters that were filled in; empty ones are omitted. */
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
