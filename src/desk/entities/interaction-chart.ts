import { transition, type SnapshotFrom } from "xstate";
import type { emailMachine } from "../../../machines/email.machine.ts";
import type { InteractionEvent, LifecycleFact } from "../../domain/interaction-context.ts";
import { arraysEqual } from "../../domain/arrays.ts";
import { Chart } from "./chart.ts";

// The charts of email and chat have the same shape; any one stands for both.
type Machine = typeof emailMachine;
type State = SnapshotFrom<Machine>;

/**
 * The running chart of one interaction. Many interactions live alike, so each step of theirs is worked out once; an
 * operation makes those of an interaction its own.
 */
export class InteractionChart extends Chart<Machine> {
  #isOwn = false;

  override send(event: InteractionEvent): void {
    this.#isOwn ||= "key" in event;
    super.send(event);
  }

  protected override next(machine: Machine, state: State, event: InteractionEvent): State {
    return this.#isOwn ? super.next(machine, state, event) : step(machine, state, event as LifecycleFact);
  }
}

/** A step of a chart that was worked out before. */
interface Step {
  readonly fact: LifecycleFact;
  readonly next: State;
}

/** Steps that are remembered at most; a server that grants ever new capabilities must not fill the memory. */
const maxSteps = 500;

let steps = new Map<State, Step[]>();
let states = new Map<string, State>();
let stepCount = 0;

/** The state after a fact about the life of an interaction that no operation was ever performed on. */
function step(machine: Machine, state: State, fact: LifecycleFact): State {
  let known = steps.get(state);
  if (known !== undefined) {
    for (const { fact: met, next } of known) {
      // Nothing but the type and the capabilities stands in such a fact.
      if (met.type === fact.type && arraysEqual(met.capabilities, fact.capabilities)) return next;
    }
  }
  if (++stepCount > maxSteps) {
    steps = new Map();
    states = new Map();
    stepCount = 1;
    known = undefined;
  }
  // Of its own, because it belongs to many interactions from here on.
  const capabilities = fact.capabilities && Object.freeze([...fact.capabilities]);
  const own: LifecycleFact = { type: fact.type, ...(capabilities && { capabilities }) };
  const [reached] = transition(machine, state, own);
  const key = JSON.stringify([machine.id, reached.value, reached.context]);
  const next = states.get(key) ?? reached;
  states.set(key, next);
  if (known === undefined) steps.set(state, (known = []));
  known.push({ fact: own, next });
  return next;
}
