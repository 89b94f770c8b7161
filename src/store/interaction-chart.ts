import { createActor, transition, type Actor, type SnapshotFrom } from "xstate";
import type { emailMachine } from "../../machines/email.machine.ts";
import type { InteractionEvent, LifecycleFact } from "../domain/interaction-context.ts";
import { isSameList } from "../domain/sameness.ts";
import type { Inspection } from "./inspection.ts";

// The charts of email and chat have the same shape; any one stands for both.
type Machine = typeof emailMachine;
type State = SnapshotFrom<Machine>;

/** How the chart of one interaction runs, and who is told of it. */
export interface InteractionChartOptions {
  readonly id: string;
  readonly machine: Machine;
  readonly inspection: Inspection;
}

/**
 * The running chart of one interaction.
 *
 * An XState actor costs as much as parsing five messages, and 4 KB. So it is made when somebody inspects or looks at it,
 * or performs an operation. Until then the chart is what it is besides: a pure function, and one that gives the same
 * for the many interactions that live alike, so each of their steps is worked out once.
 */
export class InteractionChart {
  readonly #options: InteractionChartOptions;
  #state: State;
  #actor: Actor<Machine> | undefined;
  /** The actor is there because somebody inspects; nobody has looked at it or performed an operation. */
  #isForInspection = false;
  #isStopped = false;

  constructor(options: InteractionChartOptions) {
    this.#options = options;
    this.#state = initialState(options.machine);
    if (options.inspection.isOn) void this.inspected;
  }

  /** What the chart says now. */
  get state(): State {
    return this.#state;
  }

  /** The actor that runs the chart from now on. */
  get actor(): Actor<Machine> {
    this.#isForInspection = false;
    return this.#actor ?? this.#makeActor();
  }

  /** The actor that runs the chart until nobody inspects any more. */
  get inspected(): Actor<Machine> {
    if (this.#actor !== undefined) return this.#actor;
    this.#isForInspection = true;
    return this.#makeActor();
  }

  send(event: InteractionEvent): void {
    if (this.#actor === undefined && !("key" in event)) {
      this.#state = step(this.#options.machine, this.#state, event);
      return;
    }
    const actor = "key" in event ? this.actor : this.#actor!;
    actor.send(event);
    this.#state = actor.getSnapshot();
  }

  stop(): void {
    this.#isStopped = true;
    if (this.#actor === undefined) return;
    this.#actor.stop();
    this.#options.inspection.forget(this.#actor);
  }

  #makeActor(): Actor<Machine> {
    const { id, machine, inspection } = this.#options;
    const isNew = this.#state === initialState(machine);
    const from = isNew ? {} : { snapshot: machine.getPersistedSnapshot(this.#state) };
    const actor = createActor(machine, { id, ...from });
    this.#actor = actor;
    if (this.#isStopped) actor.start().stop();
    else inspection.start(actor, () => this.#dropActor());
    return actor;
  }

  /** Nobody inspects any more. */
  #dropActor(): void {
    if (!this.#isForInspection) return;
    this.#isForInspection = false;
    // Not stopped: it may be in the middle of a fact, and nobody else knows it.
    this.#actor = undefined;
  }
}

/** A step of a chart that was worked out before. */
interface Step {
  readonly fact: LifecycleFact;
  readonly next: State;
}

/** Steps that are remembered at most; a server that grants ever new capabilities must not fill the memory. */
const mostSteps = 500;

const initialStates = new Map<Machine, State>();
let steps = new Map<State, Step[]>();
let states = new Map<string, State>();
let stepCount = 0;

function initialState(machine: Machine): State {
  let state = initialStates.get(machine);
  if (state === undefined) initialStates.set(machine, (state = createActor(machine).getSnapshot()));
  return state;
}

/** The state after a fact about the life of an interaction that no operation was ever performed on. */
function step(machine: Machine, state: State, fact: LifecycleFact): State {
  let known = steps.get(state);
  if (known !== undefined) {
    for (const { fact: met, next } of known) {
      // Nothing but the type and the capabilities stands in such a fact.
      if (met.type === fact.type && isSameList(met.capabilities, fact.capabilities)) return next;
    }
  }
  if (++stepCount > mostSteps) {
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
