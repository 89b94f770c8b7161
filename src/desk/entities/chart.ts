import {
  createActor,
  transition,
  type Actor,
  type AnyStateMachine,
  type EventFromLogic,
  type SnapshotFrom,
} from "xstate";
import type { Inspection } from "../inspection/inspection.ts";
import { initialStateOf } from "./steps.ts";

/** Options of a {@link Chart}. */
export interface ChartOptions<Machine extends AnyStateMachine> {
  readonly id: string;
  readonly machine: Machine;
  readonly inspection: Inspection;
}

/**
 * A running chart.
 *
 * An XState actor costs as much as parsing five messages, and 4 KB. So it is made when an inspector or a caller looks
 * at it. Until then the chart is just a pure transition function.
 */
export class Chart<Machine extends AnyStateMachine> {
  readonly #options: ChartOptions<Machine>;
  #state: SnapshotFrom<Machine>;
  #actor: Actor<Machine> | undefined;
  /** Whether the actor exists for inspectors only; no caller has looked at it. */
  #isForInspection = false;
  #isStopped = false;

  constructor(options: ChartOptions<Machine>) {
    this.#options = options;
    this.#state = initialStateOf(options.machine);
    if (options.inspection.isOn) void this.inspected;
  }

  /** The present state. */
  get state(): SnapshotFrom<Machine> {
    return this.#state;
  }

  /** The actor that runs the chart from now on. */
  get actor(): Actor<Machine> {
    this.#isForInspection = false;
    return this.#actor ?? this.#makeActor();
  }

  /** The actor that runs the chart until the last inspector detaches. */
  get inspected(): Actor<Machine> {
    if (this.#actor !== undefined) return this.#actor;
    this.#isForInspection = true;
    return this.#makeActor();
  }

  /** Sends an event. `next` computes the state while no actor runs the chart. */
  send(event: EventFromLogic<Machine>, next = this.#transition): void {
    const actor = this.#actor;
    if (actor === undefined) {
      this.#state = next(this.#options.machine, this.#state, event);
      return;
    }
    actor.send(event);
    this.#state = actor.getSnapshot();
  }

  stop(): void {
    this.#isStopped = true;
    if (this.#actor === undefined) return;
    this.#actor.stop();
    this.#options.inspection.forget(this.#actor);
  }

  #transition(
    machine: Machine,
    state: SnapshotFrom<Machine>,
    event: EventFromLogic<Machine>,
  ): SnapshotFrom<Machine> {
    return transition(machine, state, event)[0];
  }

  #makeActor(): Actor<Machine> {
    const { id, machine, inspection } = this.#options;
    const isNew = this.#state === initialStateOf(machine);
    const from = isNew ? {} : { snapshot: machine.getPersistedSnapshot(this.#state) };
    const actor = createActor<AnyStateMachine>(machine, { id, ...from }) as Actor<Machine>;
    this.#actor = actor;
    if (this.#isStopped) actor.start().stop();
    else inspection.start(actor, () => this.#dropActor());
    return actor;
  }

  /** Drops an actor that no inspector needs any more. */
  #dropActor(): void {
    if (this.#isForInspection) this.#actor = undefined;
  }
}
