import type { AnyStateMachine } from "xstate";
import type { InteractionFact } from "../domain/fact.ts";
import { standardProgress, type Progress } from "../domain/lifecycle.ts";
import type { Parameters } from "../domain/parameters.ts";
import type { BaseRecord, InteractionRecord } from "../domain/record.ts";
import type { RecordFields, RecordOf, ViewOf } from "../domain/record-field.ts";

/** The data by which a kind decides whether an operation took effect. */
export interface Evidence<OwnRecord = InteractionRecord> {
  readonly record: OwnRecord;
  /** The record as it was when the operation was sent. */
  readonly before: OwnRecord;
  readonly parameters: Parameters;
  /** The fact that was just applied; `undefined` when only the HTTP answer arrived. */
  readonly fact: InteractionFact | undefined;
}

/** Returns whether the record shows that an operation took effect. */
export type ShowsEffect<OwnRecord = InteractionRecord> = (evidence: Evidence<OwnRecord>) => boolean;

/** Everything that is particular about one kind of interaction, such as an email or a chat. */
export interface InteractionKind<
  Name extends string = string,
  Fields extends RecordFields = RecordFields,
  Shown extends string = string,
  Machine extends AnyStateMachine = AnyStateMachine,
> {
  readonly name: Name;
  /** The server's channels that carry it, in the server's words. */
  readonly channels: readonly string[];
  /** The chart of its life. It receives `InteractionEvent`s, and its context is an `InteractionContext`. */
  readonly machine: Machine;
  /** The order of its life. */
  readonly progress: Progress;
  /** The fields of its records beside those that every interaction has. */
  readonly fields: Fields;
  /** Whether a message is older than what is known, beyond the order of its life. */
  readonly isOutdated: (fact: InteractionFact, record: InteractionRecord) => boolean;
  /** Returns the number of parts that the server counted and did not send; the desk reads the list when it grows. */
  readonly countMissing: (record: InteractionRecord) => number;
  /** Whether a record shows an operation, by the names that a dialect's `confirmedBy` uses. */
  readonly evidence: Readonly<Record<Shown, ShowsEffect>>;
}

/** The parts of a kind; the optional ones have defaults. */
export interface KindDefinition<
  Name extends string,
  Fields extends RecordFields,
  Shown extends string,
  Machine extends AnyStateMachine,
> {
  /** Not `other`, which stands for interactions of which the desk has no kind. */
  readonly name: Name;
  /** Default: the name. */
  readonly channels?: readonly string[];
  readonly machine: Machine;
  /** Default: {@link standardProgress}. */
  readonly progress?: Progress;
  readonly fields: Fields;
  /** Default: never. */
  readonly isOutdated?: (fact: InteractionFact, record: BaseRecord & RecordOf<Fields>) => boolean;
  /** Default: none. */
  readonly countMissing?: (record: BaseRecord & RecordOf<Fields>) => number;
  readonly evidence?: Readonly<Record<Shown, ShowsEffect<BaseRecord & RecordOf<Fields>>>>;
}

/** Defines a kind of interaction; give it to `createDesk({ kinds })`. */
export function defineKind<
  const Name extends string,
  const Fields extends RecordFields,
  Machine extends AnyStateMachine,
  const Shown extends string = never,
>(
  definition: KindDefinition<Name, Fields, Shown, Machine>,
): InteractionKind<Name, Fields, Shown | SharedEvidence, Machine> {
  const { name, channels = [name], progress = standardProgress } = definition;
  const { isOutdated = () => false, countMissing = () => 0, evidence } = definition;
  return Object.freeze({
    ...definition,
    channels,
    progress,
    isOutdated,
    countMissing,
    evidence: { ...sharedEvidence, ...evidence },
  }) as InteractionKind<Name, Fields, Shown | SharedEvidence, Machine>;
}

/** The names of the evidence that every kind has. */
export type SharedEvidence = keyof typeof sharedEvidence;

const sharedEvidence = {
  /** The user data has the requested values, or no longer has the deleted keys. */
  "user-data": ({ record, parameters }: Evidence): boolean => {
    const entries = record.userData.object;
    const keys = parameters["keys"] as readonly string[] | undefined;
    if (keys !== undefined) return keys.every((key) => !(key in entries));
    const requested = parameters["userData"] as Readonly<Record<string, unknown>>;
    // Servers write numbers as text and text as numbers.
    return Object.keys(requested).every(
      (key) => key in entries && String(entries[key]) === String(requested[key]),
    );
  },
};

/** The name of a kind. */
export type NameOf<Kind> = Kind extends { readonly name: infer Name extends string } ? Name : never;

/** The data of a kind as a snapshot shows it. */
export type DataOf<Kind> = Kind extends { readonly fields: infer Fields } ? ViewOf<Fields> : never;

/** The chart of a kind. */
export type MachineOf<Kind> = Kind extends { readonly machine: infer Machine extends AnyStateMachine }
  ? Machine
  : never;

/** The names of a kind's evidence. */
export type EvidenceOf<Kind> = Kind extends { readonly evidence: infer Rules } ? keyof Rules & string : never;
