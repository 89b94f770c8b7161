import { useEffect, useRef, type ReactNode } from "react";
import type { StateValue } from "xstate";
import { ChartView, stateName } from "../chart/chart-view.tsx";
import { FactList } from "./fact-list.tsx";
import { ledAway, type FactSeen } from "./fact-log.ts";

/** A chart with its current state lit, and the last facts that it received. */
export function Chart({
  chart,
  current,
  facts,
}: {
  /** The name of the chart, such as `connection`. */
  readonly chart: string;
  readonly current: StateValue;
  readonly facts: readonly FactSeen[];
}): ReactNode {
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
      <FactList facts={facts} />
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
