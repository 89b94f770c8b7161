import type { InteractionContext } from "../../domain/interaction-context.ts";
import type { InteractionState } from "../../domain/lifecycle.ts";
import { operationsOf } from "../../domain/pending-operations.ts";
import { recordFields, type InteractionRecord } from "../../domain/record.ts";
import type { RecordFields } from "../../domain/record-field.ts";
import type { InteractionKind } from "../../kinds/kind.ts";
import type { Actions } from "../operations/action-set.ts";
import type { AnySnapshot, InteractionMethods } from "./interaction.ts";

/** What a snapshot is made of. */
export interface SnapshotSource {
  readonly id: string;
  readonly kind: InteractionKind;
  readonly channel: string;
  readonly state: InteractionState;
  readonly isEnded: boolean;
  readonly record: InteractionRecord;
  readonly context: InteractionContext;
}

/** What a snapshot has beside the fields of the record. */
export const snapshotProperties = [
  "id",
  "kind",
  "channel",
  "state",
  "isEnded",
  "outcome",
  "capabilities",
  "pending",
  "actions",
  "can",
  "editUserData",
  "dismiss",
] as const;

/** Returns a snapshot of an interaction. */
export function createSnapshot(
  source: SnapshotSource,
  { can, editUserData, dismiss }: InteractionMethods<never>,
  actions: Actions,
  heldPending: readonly string[] | undefined,
): AnySnapshot {
  const { id, kind, channel, state, isEnded, record, context } = source;
  const snapshot: Record<string, unknown> = {
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
  };
  show(recordFields, record, snapshot);
  show(kind.fields, record, snapshot);
  return Object.freeze(snapshot) as unknown as AnySnapshot;
}

/** Returns what a snapshot shows of a kind's own fields. */
export function dataOf(kind: InteractionKind, record: InteractionRecord): Readonly<Record<string, unknown>> {
  return show(kind.fields, record, {});
}

function show(
  fields: RecordFields,
  record: InteractionRecord,
  snapshot: Record<string, unknown>,
): Record<string, unknown> {
  for (const name in fields) {
    const value = record[name];
    const { view } = fields[name]!;
    snapshot[name] = view === undefined ? value : view(value as never);
  }
  return snapshot;
}
