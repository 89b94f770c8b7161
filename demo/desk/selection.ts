import type { Desk } from "deskstate";
import { ObservableValue } from "../observable-value.ts";

/** The interaction that is shown in full. */
export interface Selected {
  readonly id: string | undefined;
  /** Counts the selections that move the focus along. */
  readonly visits: number;
}

/** The interaction that the agent looks at. When it is dismissed, or none was chosen yet, the next offer is selected. */
export class Selection extends ObservableValue<Selected> {
  readonly #desk: Desk;
  /** The id of an interaction to be selected as soon as it exists. */
  #awaited: string | undefined;
  #chosen: string | undefined;

  constructor(desk: Desk) {
    super({ id: undefined, visits: 0 });
    this.#desk = desk;
  }

  /** The id that the agent chose last, whether the interaction exists now or not. */
  get chosen(): string | undefined {
    return this.#chosen;
  }

  /** Starts to watch the interactions. @returns stops it */
  follow(): () => void {
    this.#update();
    // A dismissal is no change of an interaction.
    const { changes, ended } = this.#desk;
    const stops = [changes, ended].map((one) => one.subscribe(() => this.#update()));
    return () => stops.forEach((stop) => stop());
  }

  /** Selects an interaction. */
  readonly choose = (id: string): void => {
    this.#choose(id);
    if (id !== this.getSnapshot().id) this.set({ ...this.getSnapshot(), id });
  };

  /** Selects an interaction and moves the focus there. */
  readonly visit = (id: string): void => {
    this.#choose(id);
    this.set({ id, visits: this.getSnapshot().visits + 1 });
  };

  /** Selects an interaction as soon as it exists, unless another one is chosen before. */
  readonly chooseLater = (id: string): void => {
    this.#chosen = id;
    this.#awaited = id;
    this.#update();
  };

  /** Selects an interaction, unless the agent has chosen one. */
  readonly suggest = (id: string): void => {
    if (this.#chosen === undefined) this.set({ ...this.getSnapshot(), id });
  };

  #choose(id: string): void {
    this.#chosen = id;
    this.#awaited = undefined;
  }

  #update(): void {
    const { id, visits } = this.getSnapshot();
    const awaited = this.#awaited;
    if (awaited !== undefined && this.#desk.interaction(awaited) !== undefined) {
      this.#awaited = undefined;
      return this.set({ id: awaited, visits });
    }
    if (id !== undefined && this.#desk.interaction(id) !== undefined) return;
    const [first] = [...this.#desk.invitations.getSnapshot(), ...this.#desk.interactions.getSnapshot()];
    if (first?.id !== id) this.set({ id: first?.id, visits });
  }
}
