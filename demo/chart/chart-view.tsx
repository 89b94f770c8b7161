import { useLayoutEffect, useRef, type ReactNode } from "react";
import type { StateValue } from "xstate";
import { drawings } from "./drawings.ts";

/** A fact that changed the state of a chart. */
export interface Step {
  /** The value of the previous state. */
  readonly from: StateValue;
  /** The type of the fact. */
  readonly fact: string;
}

interface ChartViewProps {
  /** The name of the chart, such as `connection`. */
  readonly chart: string;
  /** The value of the current state, as the snapshot of an actor has it. */
  readonly current: StateValue;
  /** The step whose arrow is highlighted. A step that has no arrow highlights nothing. */
  readonly lastStep?: Step | undefined;
}

/** A chart as a picture: lit are its current state, the last arrow taken, and the facts that would change the state. */
export function ChartView({ chart, current, lastStep }: ChartViewProps): ReactNode {
  const place = useRef<HTMLDivElement>(null);
  const drawing = drawings.get(chart);
  useLayoutEffect(() => {
    const svg = place.current?.querySelector("svg");
    if (svg) light(svg, { chart, current, lastStep });
  });
  if (drawing === undefined) return <p className="nothing">There is no drawing of the {chart} chart.</p>;
  return <div className="chart" ref={place} dangerouslySetInnerHTML={drawing} />;
}

/** Sets the classes of the parts of a drawing, and the label with the same meaning in words. */
function light(svg: SVGElement, { chart, current, lastStep }: ChartViewProps): void {
  const active = activeStates(current);
  const facts = [...svg.querySelectorAll<SVGElement>("[data-fact]")];
  /** The fact that leads away from a state. One that an inner state decides on counts before the same of an outer one. */
  const leading = (states: readonly string[], name: string | undefined) =>
    states
      .toReversed()
      .map((id) => facts.find(({ dataset }) => dataset["fact"] === name && leavesFrom(dataset["from"], id)))
      .find((fact) => fact !== undefined);
  const taken = lastStep && leading(activeStates(lastStep.from), lastStep.fact);
  const possible = facts.filter((fact) => leading(active, fact.dataset["fact"]) === fact);
  const possibleEdges = new Set(possible.map(({ dataset }) => dataset["edge"]));

  for (const state of svg.querySelectorAll<SVGElement>("[data-state]"))
    state.classList.toggle("is-current", active.includes(state.dataset["state"] ?? ""));
  for (const fact of facts) {
    fact.classList.toggle("is-taken", fact === taken);
    fact.classList.toggle("is-possible", possible.includes(fact));
  }
  const edges = [...svg.querySelectorAll<SVGElement>("[data-edge].chart-edge")];
  for (const edge of edges) {
    const isTaken = taken !== undefined && edge.dataset["edge"] === taken.dataset["edge"];
    edge.classList.toggle("is-taken", isTaken);
    edge.classList.toggle("is-possible", possibleEdges.has(edge.dataset["edge"]));
    // Later is on top: no other arrow crosses a highlighted one.
    if (isTaken && edge !== edges.at(-1)) edges.at(-1)?.after(edge);
  }
  const now = `The ${chart} chart. Current state: ${spoken(current)}.`;
  const step = lastStep && `${lastStep.fact} led there from ${spoken(lastStep.from)}.`;
  svg.setAttribute("aria-label", taken === undefined ? now : `${now} ${step}`);
}

function leavesFrom(sources: string | undefined, id: string): boolean {
  return sources?.split(" ").includes(id) === true;
}

/** Returns the whole name of the innermost state, such as `Ended.Revoked`. */
export function stateName(value: StateValue): string {
  return activeStates(value).at(-1) ?? "";
}

/** Returns the ids of the states that a chart is in, from the outermost to the innermost. */
function activeStates(value: StateValue): string[] {
  if (typeof value === "string") return [value];
  return Object.entries(value).flatMap(([outer, inner]) => [
    outer,
    ...(inner === undefined ? [] : activeStates(inner).map((id) => `${outer}.${id}`)),
  ]);
}

function spoken(value: StateValue): string {
  return stateName(value).replaceAll(".", ", ");
}
