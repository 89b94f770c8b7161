import type { InteractionFact } from "../../domain/fact.ts";
import type { OperationRules } from "../../domain/operation.ts";
import { createRecordModel, type InteractionRecord, type RecordModel } from "../../domain/record.ts";
import { MergeContext } from "../../domain/record-field.ts";
import { InternPool } from "../../domain/shared-object.ts";
import type { InteractionKind } from "../../kinds/kind.ts";
import { otherKind } from "../../kinds/other-kind.ts";
import type { Inspection } from "../inspection/inspection.ts";
import type { Perform } from "../operations/action-set.ts";
import type { AnySnapshot, Interaction } from "./interaction.ts";
import type { CreateView } from "./public-view.ts";

/** The parts that the entities of one desk share. */
export interface DeskModel {
  readonly rules: OperationRules;
  /** The server's channels that carry the desk's kinds. */
  readonly channels: readonly string[];
  readonly records: RecordModel;
  readonly merging: MergeContext;
  readonly inspection: Inspection;
  readonly createView: CreateView<AnySnapshot, Interaction>;
  readonly perform: Perform;
  /** Forgets the interaction with this id, if it has ended. */
  readonly dismiss: (id: string) => boolean;
  /** The connection; entities read it, and the desk notifies their listeners when it changes. */
  readonly connection: { readonly isLive: boolean };
  /** Returns the kind of the interactions of a server's channel; {@link otherKind} when the desk has none. */
  readonly kindOf: (channel: string) => InteractionKind;
  /** Whether a message is older than what is known. While the kind is not known, any kind decides. */
  readonly isOutdated: (kind: InteractionKind, fact: InteractionFact, record: InteractionRecord) => boolean;
  readonly countMissing: (kind: InteractionKind, record: InteractionRecord) => number;
}

/** Creates the parts that the entities of a desk with these kinds share. */
export function createDeskModel(
  kinds: readonly InteractionKind[],
  parts: Pick<DeskModel, "rules" | "inspection" | "connection" | "createView" | "perform" | "dismiss">,
): DeskModel {
  const byChannel = new Map(
    kinds.flatMap((kind) => kind.channels.map((channel) => [channel, kind] as const)),
  );
  return {
    ...parts,
    channels: [...byChannel.keys()],
    records: createRecordModel(kinds.map(({ fields }) => fields)),
    merging: new MergeContext(new InternPool()),
    kindOf: (channel) => byChannel.get(channel) ?? otherKind,
    isOutdated: (kind, fact, record) =>
      kind === otherKind ? kinds.some((any) => any.isOutdated(fact, record)) : kind.isOutdated(fact, record),
    countMissing: (kind, record) =>
      kind === otherKind
        ? Math.max(0, ...kinds.map((any) => any.countMissing(record)))
        : kind.countMissing(record),
  };
}
