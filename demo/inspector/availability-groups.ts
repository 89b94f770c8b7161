import type { AnySnapshot, OperationRules, Unavailability } from "deskstate";
import { availabilityOf } from "../desk/operation-button.tsx";

/** Operations that have the same answer to whether they can be performed now. */
export interface AvailabilityGroup {
  /** Why not; `undefined` when they can. */
  readonly reason: Unavailability | undefined;
  readonly operations: readonly string[];
}

/** Every operation of the interaction's channel, by whether it can be performed now and why not. */
export function availabilityGroups(rules: OperationRules, interaction: AnySnapshot): AvailabilityGroup[] {
  const groups = new Map<Unavailability | undefined, string[]>([[undefined, []]]);
  for (const operation of rules.interaction.get(interaction.channel)?.keys() ?? []) {
    const may = availabilityOf(interaction, operation);
    const reason = may.allowed ? undefined : may.reason;
    groups.set(reason, [...(groups.get(reason) ?? []), operation]);
  }
  return [...groups].map(([reason, operations]) => ({ reason, operations }));
}
