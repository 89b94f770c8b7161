import type { Desk } from "deskstate";
import { Watchable } from "../watchable.ts";

/** Which interaction is shown in full. */
export interface Selected {
  readonly id: string | undefined;
  /** Raised when the agent's own doing led to it, so that the focus goes along. */
  readonly visits: number;
}

/** The interaction that the agent looks at. When it is dismissed, or nothing was chosen yet, the next offer is. */
export class Selection extends Watchable<Selected> {
  readonly #desk: Desk;
  /** What is to be shown as soon as there is one. */
  #wanted: string | undefined;
  #chosen: string | undefined;

  constructor(desk: Desk) {
    super({ id: undefined, visits: 0 });
    this.#desk = desk;
  }

  /** What the agent chose last, whether there is one now or not. */
  get chosen(): string | undefined {
    return this.#chosen;
  }

  /** Begins to watch what there is. @returns ends it */
  follow(): () => void {
    this.#look();
    // That something was dismissed is no change of what the server says.
    const { changes, ended } = this.#desk;
    const ends = [changes, ended].map((one) => one.subscribe(() => this.#look()));
    return () => ends.forEach((end) => end());
  }

  /** Shows an interaction. */
  readonly choose = (id: string): void => {
    this.#choose(id);
    if (id !== this.getSnapshot().id) this.set({ ...this.getSnapshot(), id });
  };

  /** Shows an interaction and takes the focus there. */
  readonly visit = (id: string): void => {
    this.#choose(id);
    this.set({ id, visits: this.getSnapshot().visits + 1 });
  };

  /** Shows an interaction as soon as there is one, until another one is chosen. */
  readonly want = (id: string): void => {
    this.#chosen = id;
    this.#wanted = id;
    this.#look();
  };

  /** Shows an interaction where the work goes on, unless another one was chosen. */
  readonly lead = (id: string): void => {
    if (this.#chosen === undefined) this.set({ ...this.getSnapshot(), id });
  };

  #choose(id: string): void {
    this.#chosen = id;
    this.#wanted = undefined;
  }

  #look(): void {
    const { id, visits } = this.getSnapshot();
    const wanted = this.#wanted;
    if (wanted !== undefined && this.#desk.interaction(wanted) !== undefined) {
      this.#wanted = undefined;
      return this.set({ id: wanted, visits });
    }
    if (id !== undefined && this.#desk.interaction(id) !== undefined) return;
    const [first] = [...this.#desk.invitations.getSnapshot(), ...this.#desk.interactions.getSnapshot()];
    if (first?.id !== id) this.set({ id: first?.id, visits });
  }
}
