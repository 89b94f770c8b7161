import {
  createActor,
  transition,
  type AnyEventObject,
  type AnyStateMachine,
  type SnapshotFrom,
} from "xstate";
import { arraysEqual } from "../../domain/arrays.ts";
import type { LifecycleFact } from "../../domain/interaction-context.ts";

/** A step of a chart that was computed before. */
interface Step {
  readonly fact: LifecycleFact;
  readonly next: unknown;
}

/** The computed steps of one chart: the same for all desks, because charts are pure. */
interface Steps {
  readonly initial: unknown;
  readonly byState: Map<unknown, Step[]>;
  readonly states: Map<string, unknown>;
  count: number;
}

/** Steps that are remembered at most; a server that grants ever new capabilities must not fill the memory. */
const maxSteps = 500;

const memory = new WeakMap<AnyStateMachine, Steps>();

function stepsOf(machine: AnyStateMachine): Steps {
  const known = memory.get(machine);
  if (known !== undefined) return known;
  const initial: unknown = createActor(machine).getSnapshot();
  const steps: Steps = { initial, byState: new Map(), states: new Map(), count: 0 };
  memory.set(machine, steps);
  return steps;
}

/** Returns the initial state: the same object for all charts of a machine. */
export function initialStateOf<Machine extends AnyStateMachine>(machine: Machine): SnapshotFrom<Machine> {
  return stepsOf(machine).initial as SnapshotFrom<Machine>;
}

/**
 * Returns the state after a fact about the life of an interaction on which no operation was ever performed. Many
 * interactions live alike, so each step of theirs is computed once.
 */
export function lifecycleStep<Machine extends AnyStateMachine>(
  machine: Machine,
  state: SnapshotFrom<Machine>,
  event: AnyEventObject,
): SnapshotFrom<Machine> {
  const fact = event as LifecycleFact;
  const steps = stepsOf(machine);
  const known = steps.byState.get(state);
  if (known !== undefined) {
    for (const { fact: met, next } of known) {
      // Nothing but the type and the capabilities stands in such a fact.
      if (met.type === fact.type && arraysEqual(met.capabilities, fact.capabilities))
        return next as SnapshotFrom<Machine>;
    }
  }
  if (++steps.count > maxSteps) {
    steps.byState.clear();
    steps.states.clear();
    steps.count = 1;
  }
  // A copy, because many interactions share it from here on.
  const capabilities = fact.capabilities && Object.freeze([...fact.capabilities]);
  const own: LifecycleFact = { type: fact.type, ...(capabilities && { capabilities }) };
  const [reached] = transition<AnyStateMachine>(machine, state, own);
  const key = JSON.stringify([reached.value, reached.context]);
  const next: unknown = steps.states.get(key) ?? reached;
  steps.states.set(key, next);
  const fromHere = steps.byState.get(state) ?? [];
  steps.byState.set(state, fromHere);
  fromHere.push({ fact: own, next });
  return next as SnapshotFrom<Machine>;
}
