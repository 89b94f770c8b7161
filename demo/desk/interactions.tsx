import { useDesk, useEnded, useInteraction, useInteractions, useInvitations } from "deskstate/react";
import { interactionTitle } from "deskstate/text";
import type { ReactNode } from "react";
import { Button, CrossButton } from "../controls.tsx";
import { useDemoContext } from "../demo-context.tsx";
import { Section } from "../lists.tsx";
import { Card } from "./card.tsx";
import { StateBadge } from "./interaction-panel.tsx";
import { rendererOf } from "./kinds/renderers.ts";

/** The interactions that the agent has accepted. */
export function Interactions(): ReactNode {
  const interactions = useInteractions();
  const offered = new Set(useInvitations());
  const accepted = interactions.filter((interaction) => !offered.has(interaction));
  return (
    <Section
      title="Interactions"
      empty="Nothing is yours yet."
      items={accepted.map(({ id }) => (
        <InteractionRow key={id} id={id} />
      ))}
    />
  );
}

/** The interactions that have ended, with their outcome, until they are dismissed; the last first. */
export function Ended(): ReactNode {
  const ended = useEnded();
  const desk = useDesk();
  const { isRecorded } = useDemoContext();
  if (ended.length === 0) return null;
  const dismissAll = () => ended.forEach(({ id }) => desk.interaction(id)?.dismiss());
  return (
    <Section
      title="Ended"
      aside={
        !isRecorded && (
          <Button className="button small" press={dismissAll}>
            Dismiss all
          </Button>
        )
      }
      items={ended.toReversed().map((interaction) => (
        <InteractionRow key={interaction.id} id={interaction.id}>
          {!isRecorded && (
            <CrossButton
              aria-label={`Dismiss ${interactionTitle(interaction.getSnapshot())}`}
              title="Dismiss"
              press={interaction.dismiss}
            />
          )}
        </InteractionRow>
      ))}
    />
  );
}

/** One interaction in a list, to be selected. */
function InteractionRow({ id, children }: { readonly id: string; readonly children?: ReactNode }): ReactNode {
  const interaction = useInteraction(id);
  if (interaction === undefined) return null;
  return (
    <Card
      className="row"
      interaction={interaction}
      title={
        <span className="row-words">
          <span className="row-name" dir="auto">
            {interactionTitle(interaction)}
          </span>
          <span className="row-news">
            <StateBadge interaction={interaction} />
            <span dir="auto">{rendererOf(interaction.kind).latest?.(interaction)}</span>
          </span>
        </span>
      }
    >
      {children}
    </Card>
  );
}
