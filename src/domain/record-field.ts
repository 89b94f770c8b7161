import type { AnomalyReport, Report } from "./anomaly.ts";
import { SharedObject, type InternPool } from "./shared-object.ts";

/**
 * The treatment of a value by recordings and inspectors.
 *
 * - `word`: one of the protocol's own words, such as a state: it stays.
 * - `id`: names an interaction; a recording replaces it by a pseudonym.
 * - `number`: a number: it stays.
 * - `customer`: texts and names of people: it is replaced.
 */
export type Redaction = "word" | "id" | "number" | "customer";

/** The name of the method that redacts a value; see {@link Redactable}. */
export const redact: unique symbol = Symbol("redact");

/** A value that redacts itself, because some of its parts may be shown, such as ids and counts. */
export interface Redactable {
  /** @param mask - replaces texts and names. */
  readonly [redact]: (mask: (value: unknown) => unknown) => object;
}

/** The inputs and the anomalies of merging one message. One context serves all messages of a desk, one after the other. */
export class MergeContext {
  readonly pool: InternPool;
  /** Whether the message is older than what is known, so that it only fills what is missing. */
  fillOnly = false;
  /** Whether it names a state that the interaction has passed. */
  isBehind = false;
  /** `undefined` while nothing was unexpected. */
  anomalies: AnomalyReport[] | undefined;
  readonly report: Report;

  constructor(pool: InternPool) {
    this.pool = pool;
    this.report = (anomaly) => {
      (this.anomalies ??= []).push(anomaly);
    };
  }

  /** Prepares for the next message. */
  begin(fillOnly: boolean, isBehind: boolean): this {
    this.fillOnly = fillOnly;
    this.isBehind = isBehind;
    this.anomalies = undefined;
    return this;
  }
}

/**
 * The complete rule of one field. `Value` is what a record holds, `Incoming` what a message carries, `View` what a
 * snapshot shows.
 */
export interface RecordField<Value, Incoming, View = Value> {
  readonly empty: Value;
  /** Returns the held value itself when the message changes nothing. Absent fields are never merged. */
  readonly merge: (held: Value, incoming: Incoming, context: MergeContext) => Value;
  /** Returns what a snapshot shows; `undefined` when that is the value itself. */
  readonly view: ((value: Value) => View) | undefined;
  /** Returns the message that brings an empty record to what a snapshot shows. Default: what it shows. */
  readonly toIncoming?: (view: View) => Incoming | undefined;
  readonly redaction: Redaction;
  /**
   * Reads the field from what no rule of the dialect reads; see `raw` of a snapshot. For kinds of which the dialect
   * knows nothing. Returns `undefined` when the message does not carry it.
   */
  readonly read?: ReadRaw<Incoming>;
}

/** Reads a value from fields as the server sent them, unchecked; those of the content are named `content.` and theirs. */
export type ReadRaw<Incoming> = (raw: Readonly<Record<string, unknown>>) => Incoming | undefined;

/** A field of whatever type. */
export interface AnyRecordField {
  readonly empty: unknown;
  readonly merge: (held: never, incoming: never, context: MergeContext) => unknown;
  readonly view: ((value: never) => unknown) | undefined;
  readonly toIncoming?: (view: never) => unknown;
  readonly redaction: Redaction;
  readonly read?: ReadRaw<unknown>;
}

/** Fields by name. */
export type RecordFields = Readonly<Record<string, AnyRecordField>>;

/** The record with these fields. */
export type RecordOf<Fields> = {
  readonly [Name in keyof Fields]: Fields[Name] extends { readonly empty: infer Value } ? Value : never;
};

/** The part of the fields that one message carries. A field that is absent (`undefined`) is unchanged. */
export type PatchOf<Fields> = {
  readonly [Name in keyof Fields]?:
    | (Fields[Name] extends {
        readonly merge: (held: never, incoming: infer Incoming, context: MergeContext) => unknown;
      }
        ? Incoming
        : never)
    | undefined;
};

/** These fields as a snapshot shows them. */
export type ViewOf<Fields> = {
  readonly [Name in keyof Fields]: Fields[Name] extends RecordField<infer _Value, infer _Incoming, infer View>
    ? View
    : never;
};

/** A text or number: the newest value counts. */
export function scalar<Value>(
  redaction: Redaction,
  read?: ReadRaw<Value>,
): RecordField<Value | undefined, Value> {
  return {
    ...(read && { read }),
    empty: undefined,
    merge: (held, incoming, { fillOnly }) => (fillOnly && held !== undefined ? held : incoming),
    view: undefined,
    redaction,
  };
}

/** The server's word for the state, which has an order of its own: an acceptance counts even after later events. */
export function stateWord(): RecordField<string | undefined, string> {
  return {
    empty: undefined,
    merge: (held, incoming, { isBehind }) => (isBehind && held !== undefined ? held : incoming),
    view: undefined,
    redaction: "word",
  };
}

type Shared<Shape extends object> = SharedObject<Shape> | undefined;

/** An object that a message replaces as a whole, and that many interactions have in common. */
export function replaced<Shape extends object>(
  name: string,
): RecordField<Shared<Shape>, Shape, Shape | undefined> {
  return {
    empty: undefined,
    merge: (held, incoming, { fillOnly, pool }) => {
      if (held === undefined) return pool.object(name, incoming);
      return fillOnly ? held : held.replace(incoming, pool);
    },
    view: objectOf,
    redaction: "customer",
  };
}

/** An object that a message changes field by field. */
export function merged<Shape extends object>(): RecordField<Shared<Shape>, Shape, Shape | undefined> {
  return {
    empty: undefined,
    merge: (held, incoming, { fillOnly, pool }) =>
      held === undefined ? new SharedObject(incoming, pool) : held.merge(incoming, fillOnly, pool),
    view: objectOf,
    redaction: "customer",
  };
}

function objectOf<Shape extends object>(held: Shared<Shape>): Shape | undefined {
  return held?.object;
}
