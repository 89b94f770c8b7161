import { useEffect, useRef, type ReactNode } from "react";
import type { AnyStateMachine, StateValue } from "xstate";
import { ChartView } from "../chart/chart-view.tsx";
import { FactList } from "./fact-list.tsx";
import { ledAway, type FactSeen } from "./fact-log.ts";

/** A chart with the state lit that it is in, and the last facts that it received. */
export function Chart({
  machine,
  current,
  facts,
}: {
  readonly machine: AnyStateMachine;
  readonly current: StateValue;
  readonly facts: readonly FactSeen[];
}): ReactNode {
  const place = useRef<HTMLDivElement>(null);
  const step = facts.findLast(ledAway);
  useCurrentInSight(place);
  return (
    <>
      <div className="chart-place" ref={place} tabIndex={0} role="group" aria-label="Chart">
        <ChartView
          machine={machine}
          current={current}
          {...(step === undefined ? {} : { lastStep: { from: step.from, fact: step.fact } })}
        />
      </div>
      <FactList facts={facts} />
    </>
  );
}

/** Scrolls so that the lit state is in the middle of its place, whenever another one is lit. */
function useCurrentInSight(place: { readonly current: HTMLElement | null }): void {
  useEffect(() => {
    const { current: around } = place;
    if (around === null) return undefined;
    let last: Element | undefined;
    const look = () => {
      const lit = [...around.querySelectorAll(".is-current")].at(-1);
      if (lit === undefined || lit === last) return;
      last = lit;
      const box = lit.getBoundingClientRect();
      const frame = around.getBoundingClientRect();
      around.scrollBy({
        top: box.top + box.height / 2 - (frame.top + frame.height / 2),
        left: box.left + box.width / 2 - (frame.left + frame.width / 2),
        behavior: "auto",
      });
    };
    // A chart is laid out some time after it is asked for.
    const observer = new MutationObserver(look);
    observer.observe(around, {
      subtree: true,
      childList: true,
      attributes: true,
      attributeFilter: ["class"],
    });
    look();
    return () => observer.disconnect();
  }, [place]);
}
