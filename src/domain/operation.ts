import type { ParameterRules } from "./parameters.ts";
import type { InteractionOutcome } from "./outcome.ts";
import { portableOperations, type PortableOperations } from "./portable-operations.ts";

/**
 * The rule that confirms an operation, because HTTP 200 only means that the server passed it on.
 *
 * - `answer`: only the HTTP answer.
 * - `state`: the server reports this state.
 * - `ending`: the interaction ends.
 * - `withdrawal`: the capability is no longer granted, or the interaction ends.
 * - `creation`: an interaction appears that answers this one.
 * - `data`: the record shows it; `shows` names a rule of evidence of the interaction's kind.
 */
export type Confirmation<Shown extends string = string> = (
  | { readonly by: "answer" | "ending" | "withdrawal" | "creation" }
  | { readonly by: "state"; readonly state: "Accepted" | "Ready" | "NotReady" }
  | { readonly by: "data"; readonly shows: Shown }
) & {
  /** Whether the operation's own acknowledgement is needed as well, because something else may cause the same fact. */
  readonly needsAcknowledgement?: boolean;
  /** Other causes of the same fact, in words for the documentation. */
  readonly otherCauses?: readonly string[];
};

/** The complete rule of one operation. */
export interface OperationRule {
  readonly operation: string;
  /** The capability that grants it; `null` on a channel, which has no capabilities. */
  readonly capability: string | null;
  /** `operationName` on the wire, unless a parameter is the name (NotReady with a reason). */
  readonly operationName: string;
  readonly parameters: ParameterRules;
  readonly confirmedBy: Confirmation;
  /** The outcome of the interaction that it ends; `null` when it ends none. */
  readonly endsAs: InteractionOutcome | null;
  /** Operations that cannot be performed while this one is pending; `all` means every other. */
  readonly excludes: "all" | readonly string[];
  /** Pending operations that this one replaces. */
  readonly supersedes: readonly string[];
  /** Whether performing it twice does no harm, so that it may be sent again when its answer was lost. */
  readonly isRepeatable: boolean;
}

/** A line of a dialect's table: the rule of confirmation, and what differs from the defaults. */
export interface OperationLine<Shown extends string = string> {
  readonly confirmedBy: Confirmation<Shown>;
  /** Default: the operation's own name. */
  readonly capability?: string | null;
  /** Default: the operation's own name. */
  readonly operationName?: string;
  /** Default: `null`. */
  readonly endsAs?: InteractionOutcome;
  /** Default: none. */
  readonly excludes?: "all" | readonly string[];
  /** Default: none. */
  readonly supersedes?: readonly string[];
  /** Default: false. */
  readonly isRepeatable?: boolean;
}

/** The lines for portable operations. A parameter that the portable operation does not have does not compile. */
export type PortableLines<Shown extends string = string> = {
  readonly [Operation in keyof PortableOperations]?: OperationLine<Shown> & {
    /** The parameters that this dialect carries; default all. */
    readonly takes?: readonly (keyof PortableOperations[Operation])[];
    /** Texts that a parameter must not be, because they mean something else on the wire. */
    readonly not?: { readonly [Name in keyof PortableOperations[Operation]]?: readonly string[] };
  };
};

/** Lines for one kind of interaction, as an application adds them to a dialect. */
export type OperationLines = Readonly<
  Record<
    string,
    OperationLine & {
      /** The parameters of an operation that is not portable. */
      readonly parameters?: ParameterRules;
      /** The parameters of a portable operation that the server takes; default all. */
      readonly takes?: readonly string[];
    }
  >
>;

/** Lines by kind of interaction. */
export type KindOperations = Readonly<Record<string, OperationLines>>;

/** The rules of one kind of interaction, or of channels, by operation. */
export type OperationTable = ReadonlyMap<string, OperationRule>;

/** The rules of a dialect. */
export interface OperationRules {
  /** By kind of interaction. A kind without an entry has no operations. */
  readonly interaction: ReadonlyMap<string, OperationTable>;
  readonly channel: OperationTable;
}

/** Completes the lines of a dialect's table. */
export function createOperationTable(lines: PortableLines | OperationLines): OperationTable {
  return new Map(Object.entries(lines).map(([operation, line]) => [operation, complete(operation, line)]));
}

type AnyLine = OperationLine & {
  readonly takes?: readonly string[];
  readonly not?: Readonly<Record<string, readonly string[] | undefined>>;
  readonly parameters?: ParameterRules;
};

function complete(operation: string, line: AnyLine): OperationRule {
  return {
    operation,
    capability: line.capability === undefined ? operation : line.capability,
    operationName: line.operationName ?? operation,
    parameters: line.parameters ?? portableParameters(operation, line),
    confirmedBy: line.confirmedBy,
    endsAs: line.endsAs ?? null,
    excludes: line.excludes ?? [],
    supersedes: line.supersedes ?? [],
    isRepeatable: line.isRepeatable ?? false,
  };
}

function portableParameters(operation: string, { takes, not = {} }: AnyLine): ParameterRules {
  const all: ParameterRules =
    (portableOperations as Readonly<Record<string, ParameterRules>>)[operation] ?? {};
  const taken = Object.entries(all).filter(([name]) => takes?.includes(name) !== false);
  return Object.fromEntries(
    taken.map(([name, rule]) => [name, not[name] === undefined ? rule : { ...rule, not: not[name] }]),
  );
}

/** Returns these rules with lines for further kinds of interaction, or further lines for known kinds. */
export function withOperations(rules: OperationRules, added: KindOperations): OperationRules {
  const interaction = new Map(rules.interaction);
  for (const [kind, lines] of Object.entries(added)) {
    interaction.set(kind, new Map([...(interaction.get(kind) ?? []), ...createOperationTable(lines)]));
  }
  return { ...rules, interaction };
}

/** Whether there is an operation that this capability grants. */
export function isKnownCapability(table: OperationTable, capability: string): boolean {
  for (const rule of table.values()) if (rule.capability === capability) return true;
  return false;
}

/** Returns why pending operations prevent this one; `undefined` when they do not. */
export function conflictWith(
  { operation, supersedes }: OperationRule,
  pending: readonly { readonly operation: string }[],
  table: OperationTable,
): "pending" | "excluded" | undefined {
  for (const other of pending) {
    // Another reason for not being ready replaces the pending one.
    if (other.operation === operation && !supersedes.includes(operation)) return "pending";
    const rule = table.get(other.operation);
    if (rule !== undefined && excludes(rule, operation)) return "excluded";
  }
  return undefined;
}

/** Whether a pending operation with this rule prevents the other. */
export function excludes(rule: OperationRule, other: string): boolean {
  return rule.excludes === "all" ? rule.operation !== other : rule.excludes.includes(other);
}
