import { useDesk, useEnded, useInteraction, useInteractions, useInvitations } from "deskstate/react";
import { interactionTitle } from "deskstate/text";
import type { ReactNode } from "react";
import { useDemoContext } from "../demo-context.tsx";
import { useObservable } from "../observable-value.ts";
import { Icon } from "./icon.tsx";
import { StateBadge } from "./interaction-panel.tsx";
import { rendererOf } from "./kinds/renderers.ts";
import { Section } from "./section.tsx";
import { useSelectInteraction } from "./use-select-interaction.ts";

/** The interactions that the agent has accepted. */
export function Interactions(): ReactNode {
  const interactions = useInteractions();
  const offered = new Set(useInvitations());
  const accepted = interactions.filter((interaction) => !offered.has(interaction));
  return (
    <Section title="Interactions" count={accepted.length}>
      {accepted.length === 0 && <p className="nothing">Nothing is yours yet.</p>}
      <ul className="cards">
        {accepted.map(({ id }) => (
          <InteractionRow key={id} id={id} />
        ))}
      </ul>
    </Section>
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
                aria-label={`Dismiss ${interactionTitle(interaction.getSnapshot())}`}
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

/** One interaction in a list, to be selected. */
function InteractionRow({ id, children }: { readonly id: string; readonly children?: ReactNode }): ReactNode {
  const interaction = useInteraction(id);
  const { selection } = useDemoContext().logs;
  const { id: selectedId } = useObservable(selection);
  const select = useSelectInteraction();
  if (interaction === undefined) return null;
  return (
    <li className="card row" data-selected={id === selectedId || undefined}>
      <button
        type="button"
        className="card-title"
        aria-current={id === selectedId}
        onClick={() => select(id)}
      >
        <Icon kind={interaction.kind} />
        <span className="row-words">
          <span className="row-name" dir="auto">
            {interactionTitle(interaction)}
          </span>
          <span className="row-news">
            <StateBadge interaction={interaction} />
            <span dir="auto">{rendererOf(interaction.kind).latest?.(interaction)}</span>
          </span>
        </span>
      </button>
      {children}
    </li>
  );
}
