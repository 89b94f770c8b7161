import type { AnySnapshot } from "deskstate";
import type { ReactNode } from "react";
import { unavailabilityWords } from "../desk/words.ts";
import { useWorkplace } from "../workplace.tsx";
import { availabilityGroups } from "./availability-groups.ts";

/** What `actions` holds now, and what `can()` answers for all the rest. */
export function Availabilities({ interaction }: { readonly interaction: AnySnapshot }): ReactNode {
  const { isRecorded, rules } = useWorkplace();
  const heading = isRecorded ? "What could be done" : "What can be done";
  return (
    <section className="availabilities" aria-label={heading}>
      <h3>{heading}</h3>
      <dl>
        {availabilityGroups(rules, interaction).map(({ reason, operations }) => (
          <div key={reason ?? "now"} data-possible={reason === undefined || undefined}>
            <dt>{reason === undefined ? "Now" : `Not now: ${unavailabilityWords[reason]}`}</dt>
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
