import { useDesk, useInteraction } from "deskstate/react";
import { humanize } from "deskstate/text";
import { useEffect, useRef, useState, type ReactNode } from "react";
import type { StateValue } from "xstate";
import { stateName } from "../chart/chart-view.tsx";
import { drawings } from "../chart/drawings.ts";
import { useDemoContext } from "../demo-context.tsx";
import { Log } from "../desk/activities.tsx";
import { useObservable } from "../observable-value.ts";
import { Availabilities } from "./availabilities.tsx";
import { Chart } from "./chart.tsx";
import { lastChanged } from "./fact-log.ts";
import { Tabs, type Tab } from "./tabs.tsx";

/** A running chart that can be shown. */
interface Running {
  readonly name: string;
  /** The name of the chart, such as `connection`. */
  readonly chart: string;
  readonly actor: { readonly sessionId: string; readonly getSnapshot: () => { readonly value: StateValue } };
}

/** The running statecharts: of the selected interaction, its channel, and the connection. */
export function Inspector(): ReactNode {
  const desk = useDesk();
  const { facts, selection } = useDemoContext().logs;
  const seen = useObservable(facts);
  const { id = "" } = useObservable(selection);
  const [firstChannel] = useObservable(desk.channels);
  const snapshot = useInteraction(id);
  const [chosen, setChosen] = useState("interaction");
  const [isFollowing, setFollowing] = useState(true);
  const panel = useRef<HTMLElement>(null);

  const interaction = desk.interaction(id);
  const isCharted = interaction !== undefined && drawings.has(interaction.kind);
  const channelName = isCharted ? interaction.channel : firstChannel?.name;
  const running: Record<string, Running | undefined> = {
    interaction: isCharted
      ? { name: humanize(interaction.kind), chart: interaction.kind, actor: interaction.actor }
      : undefined,
    channel:
      channelName === undefined
        ? undefined
        : { name: `Channel: ${channelName}`, chart: "channel", actor: desk.channel(channelName).actor },
    connection: { name: "Connection", chart: "connection", actor: desk.connection.actor },
  };

  const latest = lastChanged(running, seen);
  const lastKey = useRef<number>(undefined);
  useEffect(() => {
    // A page that is shown again stays where it was.
    if (latest?.key === lastKey.current) return;
    lastKey.current = latest?.key;
    // The tab stays while the focus is in here.
    if (isFollowing && latest !== undefined && !panel.current?.contains(document.activeElement))
      setChosen(latest.tab);
  }, [isFollowing, latest?.key, latest?.tab]);

  const tabs: Tab[] = Object.entries(running).map(([tab, chart]) => ({
    id: tab,
    name: chart?.name ?? humanize(tab),
    detail: chart === undefined ? "none" : stateName(chart.actor.getSnapshot().value),
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
          <p className="nothing">Select an interaction to see its chart.</p>
        ) : (
          <Chart
            chart={shown.chart}
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
