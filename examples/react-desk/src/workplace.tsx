import { useState } from "react";
import {
  useChannel,
  useConnection,
  useEnded,
  useInteraction,
  useInteractions,
  useInvitations,
} from "deskstate/react";
import { Operation } from "./operation.tsx";
import { Panel } from "./panel.tsx";
import { titleOf } from "./title.ts";

/** The desk of one agent. */
export function Workplace({ user, onSignOut }: { user: string; onSignOut: () => void }) {
  const [selected, select] = useState("");
  const invitations = useInvitations();
  const interactions = useInteractions();
  const ended = useEnded();
  return (
    <>
      <header>
        <h1>{user}</h1>
        <Status />
        <Readiness name="email" />
        <Readiness name="chat" />
        <button onClick={onSignOut}>Sign out</button>
      </header>
      <main>
        <nav aria-label="Interactions">
          <h2>In hand</h2>
          <ul>
            {interactions.map(({ id }) => (
              <Row key={id} id={id} isSelected={id === selected} onSelect={() => select(id)} />
            ))}
          </ul>
          <h2>Offered</h2>
          {invitations.length === 0 && (
            <p className="quiet">Nothing. Make a channel Ready and wait a moment.</p>
          )}
          {invitations.map(({ id }) => (
            <Offer key={id} id={id} nickname={user} onAccepted={() => select(id)} />
          ))}
        </nav>
        {/* Each panel keeps its typed text while another panel is selected. */}
        {[...ended, ...interactions].map(({ id }) => (
          <Panel key={id} id={id} isSelected={id === selected} onSelect={select} />
        ))}
      </main>
    </>
  );
}

function Status() {
  const { state, lossReason, stopReason } = useConnection();
  return (
    <p role="status" data-state={state}>
      {state} <small>{stopReason ?? lossReason}</small>
    </p>
  );
}

function Readiness({ name }: { name: string }) {
  const { state, actions } = useChannel(name);
  return (
    <div className="channel" role="group" aria-label={name}>
      <span data-state={state}>{`${name}: ${state}`}</span>
      <Operation action={actions.Ready}>Ready</Operation>
      <Operation action={state === "Ready" ? actions.NotReady : undefined}>Not ready</Operation>
    </div>
  );
}

function Offer({ id, nickname, onAccepted }: { id: string; nickname: string; onAccepted: () => void }) {
  const offer = useInteraction(id);
  if (offer === undefined) return null;
  const { Accept, Reject } = offer.actions;
  return (
    <article className="card">
      <p>{titleOf(offer)}</p>
      <Operation className="primary" action={Accept && (() => Accept({ nickname }))} onDone={onAccepted}>
        Accept
      </Operation>
      <Operation action={Reject}>Reject</Operation>
    </article>
  );
}

function Row({ id, isSelected, onSelect }: { id: string; isSelected: boolean; onSelect: () => void }) {
  // Re-renders when its title changes, not at each message of its transcript.
  const title = useInteraction(id, (found) =>
    found && found.state !== "Invited" ? titleOf(found) : undefined,
  );
  return (
    title && (
      <li>
        <button aria-current={isSelected} onClick={onSelect}>
          {title}
        </button>
      </li>
    )
  );
}
