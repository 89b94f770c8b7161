import { useInteraction, useInvitations } from "deskstate/react";
import { interactionTitle } from "deskstate/text";
import { useLayoutEffect, useState, type ReactNode } from "react";
import { useDemoContext } from "../demo-context.tsx";
import { Section } from "../lists.tsx";
import { useNow } from "../use-now.ts";
import { Card } from "./card.tsx";
import type { OfferTime } from "./offer-times.ts";
import { OperationButton } from "./operation-button.tsx";

/** The interactions that the agent is offered. */
export function Invitations(): ReactNode {
  const invitations = useInvitations();
  return (
    <Section
      title="Invitations"
      empty="Nothing is offered."
      items={invitations.map(({ id }) => (
        <InvitationCard key={id} id={id} />
      ))}
    />
  );
}

/** An offer, the time that is left, and the two answers to it. */
function InvitationCard({ id }: { readonly id: string }): ReactNode {
  const invitation = useInteraction(id);
  const { isRecorded, logs, offerTimeout } = useDemoContext();
  const now = useNow(500);
  if (invitation === undefined) return null;
  const offer = logs.offers.of(id);
  const title = interactionTitle(invitation);
  return (
    <Card className="invitation" interaction={invitation} title={<span dir="auto">{title}</span>}>
      <p role="timer" className="countdown">
        {offerText(offer, now, offerTimeout)}
      </p>
      {offerTimeout !== undefined && <CountdownBar since={offer.time} timeout={offerTimeout} />}
      {!isRecorded && (
        <div className="buttons">
          <OperationButton interaction={invitation} operation="Accept" variant="primary" about={title} />
          <OperationButton interaction={invitation} operation="Reject" about={title} />
        </div>
      )}
    </Card>
  );
}

/** The time that is left, as a bar. The words above have the same meaning. */
function CountdownBar({ since, timeout }: { readonly since: number; readonly timeout: number }): ReactNode {
  // Set once, because an animation whose delay changes jumps. The effect runs again when the page is shown again.
  const [delay, setDelay] = useState(0);
  useLayoutEffect(() => setDelay(Math.min(0, since - Date.now())), [since]);
  return (
    <div className="countdown-bar" aria-hidden="true">
      <div style={{ animationDuration: `${timeout}ms`, animationDelay: `${delay}ms` }} />
    </div>
  );
}

/**
 * Returns the age of an offer, and when the server will revoke it.
 *
 * @param timeout - milliseconds after which the server revokes it; `undefined` when that is not known.
 */
export function offerText({ time, isExact }: OfferTime, now: number, timeout: number | undefined): string {
  const age = Math.max(0, Math.floor((now - time) / 1000));
  const since = isExact ? `offered ${age} s ago` : `offered ${age} s ago or earlier`;
  if (timeout === undefined) return since;
  const end = Math.round(timeout / 1000);
  return age < end ? `${since} · revoked at ${end} s` : `${since} · about to be revoked`;
}
