import { useDesk, useEnded } from "deskstate/react";
import type { ReactNode } from "react";
import { interactionTitle as titleOf } from "deskstate/text";
import { useWorkplace } from "../workplace.tsx";
import { InteractionRow } from "./interaction-row.tsx";
import { Section } from "./section.tsx";

/** What has ended, with its outcome, until it is dismissed; the last first. */
export function Ended(): ReactNode {
  const ended = useEnded();
  const desk = useDesk();
  const { isRecorded } = useWorkplace();
  if (ended.length === 0) return null;
  const dismissAll = () => ended.forEach(({ id }) => desk.interaction(id)?.dismiss());
  return (
    <Section
      title="Ended"
      count={ended.length}
      aside={
        !isRecorded && (
          <button type="button" className="button small" onClick={dismissAll}>
            Dismiss all
          </button>
        )
      }
    >
      <ul className="cards">
        {ended.toReversed().map((interaction) => (
          <InteractionRow key={interaction.id} id={interaction.id}>
            {!isRecorded && (
              <button
                type="button"
                className="icon-button"
                aria-label={`Dismiss ${titleOf(interaction.getSnapshot())}`}
                title="Dismiss"
                onClick={() => interaction.dismiss()}
              >
                <span aria-hidden="true">×</span>
              </button>
            )}
          </InteractionRow>
        ))}
      </ul>
    </Section>
  );
}
