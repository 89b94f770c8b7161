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

  constructor(desk: Desk) {
    super({ id: undefined, visits: 0 });
    this.#desk = desk;
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
    if (id !== this.getSnapshot().id) this.set({ ...this.getSnapshot(), id });
  };

  /** Shows an interaction and takes the focus there. */
  readonly visit = (id: string): void => {
    this.set({ id, visits: this.getSnapshot().visits + 1 });
  };

  #look(): void {
    const { id, visits } = this.getSnapshot();
    if (id !== undefined && this.#desk.interaction(id) !== undefined) return;
    const [first] = [...this.#desk.invitations.getSnapshot(), ...this.#desk.interactions.getSnapshot()];
    if (first?.id !== id) this.set({ id: first?.id, visits });
  }
}
