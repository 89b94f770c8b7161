import { Suspense, use, type ReactNode } from "react";
import type { AnyStateMachine, StateValue } from "xstate";
import { activeStates } from "./active-states.ts";
import { ChartDrawing } from "./chart-drawing.tsx";
import { edgeTaken } from "./graph.ts";
import { layoutOf } from "./layout.ts";

/** A fact that led somewhere. */
export interface Step {
  /** The value of the state that it led away from. */
  readonly from: StateValue;
  /** The type of the fact. */
  readonly fact: string;
}

/** What {@link ChartView} shows. */
export interface ChartViewProps {
  readonly machine: AnyStateMachine;
  /** The value of the state that is lit, as the snapshot of an actor gives it. */
  readonly current: StateValue;
  /** The step whose arrow is highlighted. One that led nowhere has no arrow. */
  readonly lastStep?: Step | undefined;
}

/** A chart as a picture, with the state lit that it is in. */
export function ChartView(props: ChartViewProps): ReactNode {
  return (
    <div className="chart">
      <Suspense fallback={<p className="chart-waiting">Drawing the {props.machine.id} chart…</p>}>
        <LaidOutChart {...props} />
      </Suspense>
    </div>
  );
}

function LaidOutChart({ machine, current, lastStep }: ChartViewProps): ReactNode {
  const layout = use(layoutOf(machine));
  const from = lastStep === undefined ? undefined : activeStates(lastStep.from).at(-1);
  const taken = from === undefined ? undefined : edgeTaken(layout.graph, from, lastStep!.fact);
  return (
    <ChartDrawing
      layout={layout}
      label={labelOf(machine.id, current, taken === undefined ? undefined : lastStep)}
      active={activeStates(current)}
      taken={taken}
      fact={lastStep?.fact}
    />
  );
}

/** What the picture shows, for those who do not see it. */
function labelOf(chart: string, current: StateValue, step: Step | undefined): string {
  const now = `The ${chart} chart. Current state: ${nameOf(current)}.`;
  return step === undefined ? now : `${now} ${step.fact} led there from ${nameOf(step.from)}.`;
}

function nameOf(value: StateValue): string {
  return activeStates(value).at(-1)!.replaceAll(".", ", ");
}
