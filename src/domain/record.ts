import {
  replaced,
  scalar,
  stateWord,
  type MergeContext,
  type PatchOf,
  type ReadRaw,
  type RecordField,
  type RecordFields,
  type RecordOf,
  type ViewOf,
} from "./record-field.ts";
import { SharedObject } from "./shared-object.ts";
import { flatUserData, type UserData } from "./user-data.ts";

/** Queues by name, as the server lists them; `__STOP__` means that processing may be stopped. */
export type Queues = Readonly<Record<string, string>>;

/** Fields by name, as the server sent them. */
export type Raw = Readonly<Record<string, unknown>>;

const noEntries = new SharedObject<Record<string, never>>({});

const userData: RecordField<SharedObject<UserData>, object, UserData> = {
  empty: noEntries,
  merge: (held, incoming, { fillOnly, pool, report }) => {
    if ((fillOnly && held !== noEntries) || held.equals(incoming)) return held;
    return held.replace(flatUserData(incoming, report), pool);
  },
  view: ({ object }) => object,
  redaction: "customer",
};

const raw: RecordField<SharedObject<Raw>, Raw, Raw> = {
  empty: noEntries,
  merge: (held, incoming, { fillOnly, pool }) => held.merge(incoming, fillOnly, pool),
  view: ({ object }) => object,
  redaction: "customer",
};

/**
 * The fields of an interaction of any kind. Types, empty values, merging, snapshots, redaction and checkpoints follow
 * from this table; a kind adds fields of its own.
 */
export const recordFields = {
  /** The last state in the server's own spelling; differs from `state` when the server's word is not known. */
  serverState: stateWord(),
  userData,
  /** `Inbound` in the recorded messages. */
  direction: scalar<string>("word"),
  /** `InboundNew` in the recorded messages. */
  subType: scalar<string>("word"),
  currentQueue: scalar<string>("customer"),
  inQueues: replaced<Queues>("inQueues"),
  outQueues: replaced<Queues>("outQueues"),
  /** When handling started; milliseconds since the epoch. */
  startDate: scalar<number>("number"),
  threadId: scalar<string>("id"),
  /** The interaction that this one answers. */
  parentId: scalar<string>("id"),
  /** Fields that no type describes, as the server sent them. */
  raw,
} as const;

/** The record of an interaction of any kind. */
export type BaseRecord = RecordOf<typeof recordFields>;

/** The record of any kind as a snapshot shows it. */
export type RecordView = ViewOf<typeof recordFields>;

/** The known data of one interaction. Immutable; a part that did not change keeps its reference. */
export type InteractionRecord = BaseRecord & Readonly<Record<string, unknown>>;

/** The data that one message carries. A field that is absent (`undefined`) is unchanged. */
export type RecordPatch = PatchOf<typeof recordFields> & Readonly<Record<string, unknown>>;

/** Describes the records of one desk: the fields of every interaction, and those of its kinds. */
export interface RecordModel {
  readonly names: readonly string[];
  readonly fields: readonly RecordField<unknown, unknown, unknown>[];
  /** Creates a record from the values of its fields, in their order. */
  readonly create: new (values: readonly unknown[]) => StoredRecord;
  readonly empty: InteractionRecord;
  /** The fields that are read from what no rule of the dialect reads. */
  readonly readers: readonly (readonly [name: string, read: ReadRaw<unknown>])[];
}

/** The values of a record are a list, because engines copy a list several times faster than an object with names. */
const values = Symbol("values");

type StoredRecord = InteractionRecord & { readonly [values]: readonly unknown[] };

/** Returns the model of records with these fields beside those that every interaction has. */
export function createRecordModel(ofKinds: readonly RecordFields[]): RecordModel {
  const all = Object.entries(
    Object.assign({ __proto__: null }, recordFields, ...ofKinds) as RecordModel["fields"],
  );
  const names = all.map(([name]) => name);
  const fields = all.map(([, field]) => field);
  class ModelRecord {
    readonly [values]: readonly unknown[];
    constructor(held: readonly unknown[]) {
      this[values] = held;
    }
  }
  for (const [index, name] of names.entries()) {
    const get = function (this: ModelRecord) {
      return this[values][index];
    };
    Object.defineProperty(ModelRecord.prototype, name, { get });
  }
  const create = ModelRecord as RecordModel["create"];
  const readers = all.flatMap(([name, { read }]) => (read ? [[name, read] as const] : []));
  return { names, fields, create, empty: new create(fields.map(({ empty }) => empty)), readers };
}

/** Merges what a message carries into what is known. Pure; returns the same record when nothing changed. */
export function mergeRecord(
  { names, fields, create, readers }: RecordModel,
  record: InteractionRecord,
  known: RecordPatch,
  context: MergeContext,
): InteractionRecord {
  const patch = readers.length === 0 ? known : withRaw(readers, known);
  const held = (record as StoredRecord)[values];
  let changed: unknown[] | undefined;
  let index = -1;
  for (const name in patch) {
    // Messages carry the fields in the order of the model, so the next name is nearly always the one that comes next.
    if (names[++index] !== name) index = names.indexOf(name);
    const incoming = patch[name];
    if (index < 0 || incoming === undefined || incoming === held[index]) continue;
    const next = fields[index]!.merge(held[index], incoming, context);
    if (next !== held[index]) (changed ??= held.slice())[index] = next;
  }
  return changed === undefined ? record : new create(changed);
}

/** Adds the values that a kind's own fields read from the fields that the dialect does not know. */
function withRaw(readers: RecordModel["readers"], known: RecordPatch): RecordPatch {
  const { raw } = known;
  if (raw === undefined) return known;
  const patch: Record<string, unknown> = { ...known };
  for (const [name, read] of readers) patch[name] ??= read(raw);
  return patch as RecordPatch;
}
