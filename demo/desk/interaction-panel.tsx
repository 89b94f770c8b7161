import type { AnySnapshot } from "deskstate";
import { useInteraction } from "deskstate/react";
import { interactionTitle } from "deskstate/text";
import { useEffect, useRef, type ReactNode } from "react";
import { useDemoContext } from "../demo-context.tsx";
import { useObservable } from "../observable-value.ts";
import { rendererOf } from "./kinds/renderers.ts";
import { Operations } from "./operations.tsx";
import { UserDataTable } from "./user-data-table.tsx";

/** The selected interaction: its content, its user data, and the operations that can be performed. */
export function InteractionPanel(): ReactNode {
  const { selection } = useDemoContext().logs;
  const { id = "", visits } = useObservable(selection);
  const interaction = useInteraction(id);
  const panel = useRef<HTMLElement>(null);
  const lastVisits = useRef(visits);
  useEffect(() => {
    // A page that is shown again moves no focus.
    if (visits === lastVisits.current) return;
    lastVisits.current = visits;
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
  const { isRecorded } = useDemoContext();
  const { channel, currentQueue, direction, kind } = interaction;
  const { View } = rendererOf(kind);
  const facts = [channel, direction, currentQueue].filter((fact) => fact !== undefined);
  return (
    <>
      <div className="interaction-head">
        <h2 tabIndex={-1} data-focus-home dir="auto">
          {interactionTitle(interaction)}
        </h2>
        <StateBadge interaction={interaction} />
        <p className="interaction-facts">{facts.join(" · ")}</p>
      </div>
      {!isRecorded && <Operations interaction={interaction} />}
      <View interaction={interaction} />
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
      <p>What a customer sends appears on the left as an invitation. Select it to see it here.</p>
    </div>
  );
}

/** The state of an interaction in the server's word, or its outcome. */
export function StateBadge({ interaction }: { readonly interaction: AnySnapshot }): ReactNode {
  const { state, isEnded, outcome, serverState } = interaction;
  const word = isEnded ? (outcome ?? "Ending …") : state === "Unknown" ? (serverState ?? state) : state;
  return (
    <span className="badge" data-state={isEnded ? "Ended" : state} data-outcome={outcome ?? undefined}>
      {word}
    </span>
  );
}
