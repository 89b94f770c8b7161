import { useInvitations } from "deskstate/react";
import type { ReactNode } from "react";
import { InvitationCard } from "./invitation-card.tsx";
import { Section } from "./section.tsx";

/** What the agent is offered. */
export function Invitations(): ReactNode {
  const invitations = useInvitations();
  return (
    <Section title="Invitations" count={invitations.length}>
      {invitations.length === 0 && <p className="nothing">Nothing is offered.</p>}
      <ul className="cards">
        {invitations.map(({ id }) => (
          <InvitationCard key={id} id={id} />
        ))}
      </ul>
    </Section>
  );
}
