import type { Desk } from "deskstate";

/** When an offer was first seen. */
export interface OfferSeen {
  /** Milliseconds since the epoch. */
  readonly time: number;
  /** Was it seen when it came? What a catching up brought may have been offered before. */
  readonly isExact: boolean;
}

/** Remembers when each offer was seen, because the server does not tell. */
export class OfferTimes {
  readonly #desk: Pick<Desk, "invitations" | "connection">;
  readonly #now: () => number;
  #seen: ReadonlyMap<string, OfferSeen> = new Map();

  constructor(desk: Pick<Desk, "invitations" | "connection">, now: () => number = Date.now) {
    this.#desk = desk;
    this.#now = now;
  }

  /** Begins to watch the offers. @returns ends it */
  follow(): () => void {
    this.#look();
    return this.#desk.invitations.subscribe(() => this.#look());
  }

  of(id: string): OfferSeen {
    return this.#seen.get(id) ?? { time: this.#now(), isExact: false };
  }

  #look(): void {
    const isExact = this.#desk.connection.state === "Live";
    const time = this.#now();
    this.#seen = new Map(
      this.#desk.invitations.getSnapshot().map(({ id }) => [id, this.#seen.get(id) ?? { time, isExact }]),
    );
  }
}
