import {
  createActor,
  transition,
  type Actor,
  type AnyStateMachine,
  type EventFromLogic,
  type SnapshotFrom,
} from "xstate";
import type { Inspection } from "../inspection/inspection.ts";

/** How a chart runs, and who is told of it. */
export interface ChartOptions<Machine extends AnyStateMachine> {
  readonly id: string;
  readonly machine: Machine;
  readonly inspection: Inspection;
}

/**
 * A running chart.
 *
 * An XState actor costs as much as parsing five messages, and 4 KB. So it is made when somebody inspects or looks at it.
 * Until then the chart is what it is besides: a pure function.
 */
export class Chart<Machine extends AnyStateMachine> {
  readonly #options: ChartOptions<Machine>;
  #state: SnapshotFrom<Machine>;
  #actor: Actor<Machine> | undefined;
  /** The actor is there because somebody inspects; nobody has looked at it. */
  #isForInspection = false;
  #isSending = false;
  #isStopped = false;

  constructor(options: ChartOptions<Machine>) {
    this.#options = options;
    this.#state = initialState(options.machine);
    if (options.inspection.isOn) void this.inspected;
  }

  /** What the chart says now. */
  get state(): SnapshotFrom<Machine> {
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

  send(event: EventFromLogic<Machine>): void {
    const { machine, inspection } = this.#options;
    const actor = this.#actor;
    if (actor === undefined) {
      this.#state = this.next(machine, this.#state, event);
      return;
    }
    // The last inspector may leave when it is told of this; until it is done, only the actor knows it.
    this.#isSending = true;
    // Whoever is told that it is there may have something happen before it runs.
    if (!this.#isStopped) actor.start();
    actor.send(event);
    this.#isSending = false;
    this.#state = actor.getSnapshot();
    if (!inspection.isOn) this.#dropActor();
  }

  stop(): void {
    this.#isStopped = true;
    if (this.#actor === undefined) return;
    this.#actor.stop();
    this.#options.inspection.forget(this.#actor);
  }

  /** The state after an event, while no actor runs the chart. */
  protected next(
    machine: Machine,
    state: SnapshotFrom<Machine>,
    event: EventFromLogic<Machine>,
  ): SnapshotFrom<Machine> {
    return transition(machine, state, event)[0];
  }

  #makeActor(): Actor<Machine> {
    const { id, machine, inspection } = this.#options;
    const isNew = this.#state === initialState(machine);
    const from = isNew ? {} : { snapshot: machine.getPersistedSnapshot(this.#state) };
    const actor = createActor<AnyStateMachine>(machine, { id, ...from }) as Actor<Machine>;
    this.#actor = actor;
    if (this.#isStopped) actor.start().stop();
    else inspection.start(actor, () => this.#dropActor());
    return actor;
  }

  /** Nobody inspects any more. */
  #dropActor(): void {
    if (this.#isForInspection && !this.#isSending) this.#actor = undefined;
  }
}

const initialStates = new Map<AnyStateMachine, unknown>();

/** The same for all charts of a machine. */
function initialState<Machine extends AnyStateMachine>(machine: Machine): SnapshotFrom<Machine> {
  let state = initialStates.get(machine);
  if (state === undefined) initialStates.set(machine, (state = createActor(machine).getSnapshot()));
  return state as SnapshotFrom<Machine>;
}
