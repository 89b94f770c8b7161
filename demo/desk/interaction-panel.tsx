import type { AnySnapshot } from "deskstate";
import { useInteraction } from "deskstate/react";
import { useEffect, useRef, type ReactNode } from "react";
import { interactionTitle as titleOf } from "deskstate/text";
import { useReadable } from "../watchable.ts";
import { useWorkplace } from "../workplace.tsx";
import { ChatView } from "./chat-view.tsx";
import { EmailView } from "./email-view.tsx";
import { Operations } from "./operations.tsx";
import { StateBadge } from "./state-badge.tsx";
import { UserDataTable } from "./user-data-table.tsx";

/** The interaction that was chosen: what it says, what is known, and what can be done. */
export function InteractionPanel(): ReactNode {
  const { selection } = useWorkplace();
  const { id = "", visits } = useReadable(selection);
  const interaction = useInteraction(id);
  const panel = useRef<HTMLElement>(null);
  const seen = useRef(visits);
  useEffect(() => {
    // A page that is shown again is no visit.
    if (visits === seen.current) return;
    seen.current = visits;
    if (visits === 0) return;
    const section = panel.current;
    const place = section?.querySelector<HTMLElement>("[data-first]") ?? section?.querySelector("h2");
    place?.focus();
  }, [visits]);

  return (
    <section className="page-column interaction" aria-label="Selected interaction" ref={panel}>
      {interaction === undefined ? <Nothing /> : <Shown key={id} interaction={interaction} />}
    </section>
  );
}

function Shown({ interaction }: { readonly interaction: AnySnapshot }): ReactNode {
  const { isRecorded } = useWorkplace();
  const { channel, currentQueue, direction } = interaction;
  const facts = [channel, direction, currentQueue].filter((fact) => fact !== undefined);
  return (
    <>
      <div className="interaction-head">
        <h2 tabIndex={-1} data-focus-home dir="auto">
          {titleOf(interaction)}
        </h2>
        <StateBadge interaction={interaction} />
        <p className="interaction-facts">{facts.join(" · ")}</p>
      </div>
      {!isRecorded && <Operations interaction={interaction} />}
      {interaction.kind === "email" && <EmailView email={interaction} />}
      {interaction.kind === "chat" && <ChatView chat={interaction} />}
      <UserDataTable interaction={interaction} />
    </>
  );
}

function Nothing(): ReactNode {
  return (
    <div className="interaction-nothing">
      <h2 tabIndex={-1} data-focus-home>
        Nothing is selected
      </h2>
      <p>What a customer sends appears on the left as an invitation. Choose it to see it here.</p>
    </div>
  );
}
