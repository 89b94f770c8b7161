import type { Desk } from "deskstate";

/** When an offer was first seen. */
export interface OfferTime {
  /** Milliseconds since the epoch. */
  readonly time: number;
  /** Whether it was seen when it arrived. An offer that was found in the server's list may be older. */
  readonly isExact: boolean;
}

/** Records when each offer was first seen, because the server does not send that. */
export class OfferTimes {
  readonly #desk: Pick<Desk, "invitations" | "journal">;
  #isFromList = false;
  #seen: ReadonlyMap<string, OfferTime> = new Map();

  constructor(desk: Pick<Desk, "invitations" | "journal">) {
    this.#desk = desk;
  }

  /** Starts to watch the offers. @returns stops it */
  follow(): () => void {
    this.#isFromList = true;
    this.#update();
    const { invitations, journal } = this.#desk;
    const stops = [
      journal.subscribe(({ type }) => {
        if (type === "facts" || type === "list") this.#isFromList = type === "list";
      }),
      invitations.subscribe(() => this.#update()),
    ];
    return () => stops.forEach((stop) => stop());
  }

  of(id: string): OfferTime {
    return this.#seen.get(id) ?? { time: this.#desk.journal.now(), isExact: false };
  }

  #update(): void {
    const isExact = !this.#isFromList;
    const time = this.#desk.journal.now();
    this.#seen = new Map(
      this.#desk.invitations.getSnapshot().map(({ id }) => [id, this.#seen.get(id) ?? { time, isExact }]),
    );
  }
}
