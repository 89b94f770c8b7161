import type { AnySnapshot, OperationRules, Unavailability } from "deskstate";
import { unavailabilityText } from "deskstate/text";
import type { ReactNode } from "react";
import { useDemoContext } from "../demo-context.tsx";
import { availabilityOf } from "../desk/operation-button.tsx";

/** The operations in `actions`, and the answers of `can()` for all others. */
export function Availabilities({ interaction }: { readonly interaction: AnySnapshot }): ReactNode {
  const { isRecorded, rules } = useDemoContext();
  const heading = isRecorded ? "What could be done" : "What can be done";
  return (
    <section className="availabilities" aria-label={heading}>
      <h3>{heading}</h3>
      <dl>
        {[...operationsByReason(rules, interaction)].map(([reason, operations]) => (
          <div key={reason ?? "now"} data-possible={reason === undefined || undefined}>
            <dt>{reason === undefined ? "Now" : `Not now: ${unavailabilityText(reason)}`}</dt>
            <dd>
              {operations.length === 0
                ? "nothing"
                : operations.map((operation) => <code key={operation}>{operation}</code>)}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** Returns every operation of the interaction's kind, by why it cannot be performed now: `undefined` when it can. */
function operationsByReason(
  rules: OperationRules,
  interaction: AnySnapshot,
): ReadonlyMap<Unavailability | undefined, readonly string[]> {
  const groups = new Map<Unavailability | undefined, string[]>([[undefined, []]]);
  for (const operation of rules.interaction.get(interaction.kind)?.keys() ?? []) {
    const availability = availabilityOf(interaction, operation);
    const reason = availability.allowed ? undefined : availability.reason;
    groups.set(reason, [...(groups.get(reason) ?? []), operation]);
  }
  return groups;
}
