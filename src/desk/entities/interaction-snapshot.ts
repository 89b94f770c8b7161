import type { InteractionContext } from "../../domain/interaction-context.ts";
import type { InteractionState } from "../../domain/lifecycle.ts";
import { operationsOf } from "../../domain/pending-operations.ts";
import { recordFields, type InteractionRecord, type RecordView } from "../../domain/record.ts";
import type { RecordField, RecordFields } from "../../domain/record-field.ts";
import type { InteractionKind } from "../../kinds/kind.ts";
import type { Actions } from "../operations/action-set.ts";
import type { AnySnapshot, Interaction, InteractionMethods } from "./interaction.ts";
import { definePublicView, type CreateView } from "./public-view.ts";

/** The source of a snapshot. */
export interface SnapshotSource {
  readonly id: string;
  readonly kind: InteractionKind;
  readonly channel: string;
  readonly state: InteractionState;
  readonly isEnded: boolean;
  readonly record: InteractionRecord;
  readonly context: InteractionContext;
}

/** The properties that `console.log` shows in Node. */
const shown = ["id", "kind", "channel", "state", "outcome", "pending", "actions"] as const;

/** The properties of a snapshot beside the fields of the record. */
const properties = [
  ...shown,
  "isEnded",
  "capabilities",
  "can",
  "editUserData",
  "dismiss",
] as const satisfies (keyof AnySnapshot)[];

/** Desks with the same kinds share the class of their views. */
const classes = new WeakMap<readonly InteractionKind[], CreateView<AnySnapshot, Interaction>>();

/** Returns the function that creates the public views of interactions of these kinds. */
export function createInteractionView(
  kinds: readonly InteractionKind[],
): CreateView<AnySnapshot, Interaction> {
  const ofKinds = kinds.flatMap(({ fields }) => Object.keys(fields));
  const create =
    classes.get(kinds) ??
    definePublicView<AnySnapshot, Interaction>(
      "Interaction",
      [...Object.keys(recordFields), ...ofKinds, ...properties],
      shown,
    );
  classes.set(kinds, create);
  return create;
}

/** Returns a snapshot of an interaction. */
export function createSnapshot(
  source: SnapshotSource,
  { can, editUserData, dismiss }: InteractionMethods<never>,
  actions: Actions,
  heldPending: readonly string[] | undefined,
): AnySnapshot {
  const { id, kind, channel, state, isEnded, record, context } = source;
  // Written out, because an object that grows field by field takes many times as long, and each change makes a snapshot.
  const snapshot: RecordView & Record<string, unknown> = {
    id,
    kind: kind.name,
    channel,
    state,
    isEnded,
    outcome: context.outcome,
    capabilities: context.capabilities,
    pending: operationsOf(context, heldPending),
    actions,
    can,
    editUserData,
    dismiss,
    serverState: record.serverState,
    userData: record.userData.object,
    direction: record.direction,
    subType: record.subType,
    currentQueue: record.currentQueue,
    inQueues: record.inQueues?.object,
    outQueues: record.outQueues?.object,
    startDate: record.startDate,
    threadId: record.threadId,
    parentId: record.parentId,
    raw: record.raw.object,
  };
  show(kind.fields, record, snapshot);
  const frozen: object = Object.freeze(snapshot);
  return frozen as AnySnapshot;
}

/** Returns the fields of a kind as a snapshot shows them. */
export function dataOf(kind: InteractionKind, record: InteractionRecord): Readonly<Record<string, unknown>> {
  const data = {};
  show(kind.fields, record, data);
  return data;
}

/** Adds fields of a record as a snapshot shows them. */
function show(fields: RecordFields, record: InteractionRecord, snapshot: Record<string, unknown>): void {
  for (const name in fields) {
    const value = record[name];
    const { view } = fields[name] as RecordField<unknown, unknown, unknown>;
    snapshot[name] = view === undefined ? value : view(value);
  }
}
