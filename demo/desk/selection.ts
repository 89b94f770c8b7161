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
  readonly choose = (id: string): void => this.#choose(id, 0);

  /** Selects an interaction and moves the focus there. */
  readonly visit = (id: string): void => this.#choose(id, 1);

  /** Selects an interaction as soon as it exists, unless another one is chosen before. */
  readonly chooseLater = (id: string): void => {
    this.#chosen = id;
    this.#awaited = id;
    this.#update();
  };

  /** Selects an interaction, unless the agent has chosen one. */
  readonly suggest = (id: string): void => {
    if (this.#chosen === undefined) this.#select(id);
  };

  #choose(id: string, visits: number): void {
    this.#chosen = id;
    this.#awaited = undefined;
    this.#select(id, visits);
  }

  #select(id: string | undefined, visits = 0): void {
    const before = this.getSnapshot();
    if (id !== before.id || visits > 0) this.set({ id, visits: before.visits + visits });
  }

  #update(): void {
    const { invitations, interactions, interaction } = this.#desk;
    const isThere = (id: string | undefined) => id !== undefined && interaction(id) !== undefined;
    if (isThere(this.#awaited)) {
      this.#select(this.#awaited);
      this.#awaited = undefined;
    } else if (!isThere(this.getSnapshot().id)) {
      this.#select([...invitations.getSnapshot(), ...interactions.getSnapshot()][0]?.id);
    }
  }
}
