import { useDesk, useInteraction } from "deskstate/react";
import { channelMachine, chatMachine, connectionMachine, emailMachine } from "deskstate/machines";
import { useEffect, useRef, useState, type ReactNode } from "react";
import type { AnyStateMachine, StateValue } from "xstate";
import { Log } from "../desk/log.tsx";
import { inWords } from "../desk/words.ts";
import { useReadable } from "../watchable.ts";
import { useWorkplace } from "../workplace.tsx";
import { Availabilities } from "./availabilities.tsx";
import { Chart } from "./chart.tsx";
import { followed } from "./followed.ts";
import { stateText } from "./state-text.ts";
import { Tabs, type Tab } from "./tabs.tsx";

/** A running chart that can be looked at. */
interface Running {
  readonly name: string;
  readonly machine: AnyStateMachine;
  readonly actor: { readonly sessionId: string; readonly getSnapshot: () => { readonly value: StateValue } };
}

/** The statecharts behind what the desk shows, live: of the chosen interaction, its channel, and the connection. */
export function Inspector(): ReactNode {
  const desk = useDesk();
  const { facts, selection } = useWorkplace();
  const seen = useReadable(facts);
  const { id = "" } = useReadable(selection);
  const snapshot = useInteraction(id);
  const [chosen, setChosen] = useState("interaction");
  const [isFollowing, setFollowing] = useState(true);
  const panel = useRef<HTMLElement>(null);

  const interaction = desk.interaction(id);
  const channelName = snapshot === undefined || snapshot.kind === "other" ? "chat" : snapshot.channel;
  const running: Record<string, Running | undefined> = {
    interaction:
      interaction === undefined || interaction.kind === "other"
        ? undefined
        : {
            name: inWords(interaction.channel),
            machine: interaction.kind === "chat" ? chatMachine : emailMachine,
            actor: interaction.actor,
          },
    channel: {
      name: `Channel: ${channelName}`,
      machine: channelMachine,
      actor: desk.channel(channelName).actor,
    },
    connection: { name: "Connection", machine: connectionMachine, actor: desk.connection.actor },
  };

  const latest = followed(running, seen);
  const lastKey = useRef<number>(undefined);
  useEffect(() => {
    // A page that is shown again stays where it was.
    if (latest?.key === lastKey.current) return;
    lastKey.current = latest?.key;
    // Whoever looks around in here is not taken elsewhere.
    if (isFollowing && latest !== undefined && !panel.current?.contains(document.activeElement))
      setChosen(latest.tab);
  }, [isFollowing, latest?.key, latest?.tab]);

  const tabs: Tab[] = Object.entries(running).map(([tab, chart]) => ({
    id: tab,
    name: chart?.name ?? "Interaction",
    detail: chart === undefined ? "none" : stateText(chart.actor.getSnapshot().value),
  }));
  const shown = running[chosen];

  return (
    <section className="page-column inspector" aria-label="Statecharts" ref={panel}>
      <div className="section-head">
        <h2 tabIndex={-1} data-focus-home>
          Statecharts
        </h2>
        <label className="check">
          <input
            type="checkbox"
            checked={isFollowing}
            onChange={({ target }) => setFollowing(target.checked)}
          />
          Follow what happens
        </label>
      </div>
      <Tabs tabs={tabs} chosen={chosen} choose={setChosen}>
        {shown === undefined ? (
          <p className="nothing">Choose an interaction to see its chart.</p>
        ) : (
          <Chart
            machine={shown.machine}
            current={shown.actor.getSnapshot().value}
            facts={facts.of(shown.actor.sessionId)}
          />
        )}
        {chosen === "interaction" && snapshot !== undefined && <Availabilities interaction={snapshot} />}
      </Tabs>
      <Log />
    </section>
  );
}
