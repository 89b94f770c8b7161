import { useInteractions, useInvitations } from "deskstate/react";
import type { ReactNode } from "react";
import { InteractionRow } from "./interaction-row.tsx";
import { Section } from "./section.tsx";

/** What the agent works on. */
export function Interactions(): ReactNode {
  const interactions = useInteractions();
  const offered = new Set(useInvitations());
  const own = interactions.filter((interaction) => !offered.has(interaction));
  return (
    <Section title="Interactions" count={own.length}>
      {own.length === 0 && <p className="nothing">Nothing is yours yet.</p>}
      <ul className="cards">
        {own.map(({ id }) => (
          <InteractionRow key={id} id={id} />
        ))}
      </ul>
    </Section>
  );
}
