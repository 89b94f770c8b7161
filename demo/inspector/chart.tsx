import { useEffect, useRef, type ReactNode } from "react";
import type { StateValue } from "xstate";
import { ChartView, stateName } from "../chart/chart-view.tsx";
import { Latest } from "../lists.tsx";
import { clockText } from "../time-text.ts";
import { ledAway, type FactSeen } from "./fact-log.ts";

interface ChartProps {
  /** The name of the chart, such as `connection`. */
  readonly chart: string;
  readonly current: StateValue;
  readonly facts: readonly FactSeen[];
}

/** A chart with its current state lit, and the last facts that it received. */
export function Chart({ chart, current, facts }: ChartProps): ReactNode {
  const place = useRef<HTMLDivElement>(null);
  const state = stateName(current);
  useEffect(() => {
    if (place.current !== null) scrollToCurrent(place.current);
  }, [chart, state]);
  return (
    <>
      <div className="chart-place" ref={place} tabIndex={0} role="group" aria-label="Chart">
        <ChartView chart={chart} current={current} lastStep={facts.findLast(ledAway)} />
      </div>
      <Latest
        title="Last facts"
        className="facts"
        items={facts}
        max={8}
        empty="None yet."
        draw={(seen) => (
          <li key={seen.key} data-led-away={ledAway(seen) || undefined}>
            <time>{clockText(seen.time)}</time>
            <span className="fact-name">
              {seen.fact}
              {seen.operation !== undefined && <small> {seen.operation}</small>}
            </span>
            <span className="fact-state">{ledAway(seen) ? `→ ${stateName(seen.to)}` : "stays"}</span>
          </li>
        )}
      />
    </>
  );
}

/** Scrolls so that the current state is in the middle of its place. */
function scrollToCurrent(place: HTMLElement): void {
  const current = [...place.querySelectorAll(".is-current")].at(-1);
  if (current === undefined) return;
  const box = current.getBoundingClientRect();
  const frame = place.getBoundingClientRect();
  place.scrollBy({
    top: box.top + box.height / 2 - (frame.top + frame.height / 2),
    left: box.left + box.width / 2 - (frame.left + frame.width / 2),
    behavior: "auto",
  });
}
