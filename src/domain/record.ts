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
 * What is known of an interaction of any kind. Types, empty values, merging, snapshots, redaction and checkpoints follow
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

/** What a record holds of an interaction of any kind. */
export type BaseRecord = RecordOf<typeof recordFields>;

/** What a snapshot shows of an interaction of any kind. */
export type RecordView = ViewOf<typeof recordFields>;

/** What is known of one interaction. Immutable; a part that did not change keeps its reference. */
export type InteractionRecord = BaseRecord & Readonly<Record<string, unknown>>;

/** What one message carries about an interaction. A field that is absent (`undefined`) is unchanged. */
export type RecordPatch = PatchOf<typeof recordFields> & Readonly<Record<string, unknown>>;

/** How the records of one desk are made: the fields of every interaction, and those of its kinds. */
export interface RecordModel {
  readonly table: Readonly<Record<string, RecordField<unknown, unknown, unknown> | undefined>>;
  readonly empty: InteractionRecord;
  /** The fields that are read from what no rule of the dialect reads. */
  readonly readers: readonly (readonly [name: string, read: ReadRaw<unknown>])[];
}

/** Returns the model of records with these fields beside those that every interaction has. */
export function createRecordModel(ofKinds: readonly RecordFields[]): RecordModel {
  const fields: RecordFields = Object.assign({ __proto__: null }, recordFields, ...ofKinds) as RecordFields;
  const table = fields as unknown as RecordModel["table"];
  const empty: object = Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [name, field.empty]),
  );
  const readers = Object.entries(fields).flatMap(([name, { read }]) => (read ? [[name, read] as const] : []));
  return { table, empty: empty as InteractionRecord, readers };
}

/** Merges what a message carries into what is known. Pure; returns the same record when nothing changed. */
export function mergeRecord(
  { table, readers }: RecordModel,
  record: InteractionRecord,
  known: RecordPatch,
  context: MergeContext,
): InteractionRecord {
  const patch = readers.length === 0 ? known : withRaw(readers, known);
  let changed: Record<string, unknown> | undefined;
  for (const name in patch) {
    const incoming = patch[name];
    if (incoming === undefined) continue;
    const held = record[name];
    if (incoming === held) continue;
    const field = table[name];
    if (field === undefined) continue;
    const next = field.merge(held, incoming, context);
    if (next !== held) (changed ??= { ...record })[name] = next;
  }
  return changed === undefined ? record : (changed as InteractionRecord);
}

/** Adds what a kind's own fields read from the fields that the dialect does not know. */
function withRaw(readers: RecordModel["readers"], known: RecordPatch): RecordPatch {
  const { raw } = known;
  if (raw === undefined) return known;
  const patch: Record<string, unknown> = { ...known };
  for (const [name, read] of readers) patch[name] ??= read(raw);
  return patch as RecordPatch;
}
