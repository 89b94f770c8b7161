import { recordFields } from "../../domain/record.ts";
import type { InteractionKind } from "../../kinds/kind.ts";
import { snapshotProperties } from "./interaction-snapshot.ts";
import type { AnySnapshot, Interaction } from "./interaction.ts";
import { definePublicView, type CreateView } from "./public-view.ts";

/** Desks with the same kinds share the class of their views. */
const classes = new WeakMap<readonly InteractionKind[], CreateView<AnySnapshot, Interaction>>();

/** Returns what creates the public views of interactions of these kinds. */
export function createInteractionView(
  kinds: readonly InteractionKind[],
): CreateView<AnySnapshot, Interaction> {
  const known = classes.get(kinds);
  if (known !== undefined) return known;
  const ofKinds = kinds.flatMap(({ fields }) => Object.keys(fields));
  const properties = [...Object.keys(recordFields), ...ofKinds, ...snapshotProperties];
  const shown = ["id", "kind", "channel", "state", "outcome", "pending"];
  const create = definePublicView<AnySnapshot, Interaction>("Interaction", properties, shown);
  classes.set(kinds, create);
  return create;
}
