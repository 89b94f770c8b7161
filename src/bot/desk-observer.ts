import type {
  Channel,
  Clock,
  ConnectionSnapshot,
  Desk,
  DeskChange,
  Interaction,
  InteractionState,
} from "../index.ts";
import type { Emit } from "./bot-event.ts";

interface Seen {
  readonly state: InteractionState;
  readonly since: number;
  /** When it was offered last. */
  readonly offeredAt: number;
}

/** Emits what happens on a desk, whatever caused it. */
export class DeskObserver {
  readonly #desk: Desk;
  readonly #clock: Clock;
  readonly #emit: Emit;
  readonly #startedAt: number;
  readonly #seen = new Map<string, Seen>();
  readonly #readiness = new Map<string, string>();
  #anomalies: number;
  #lostAt: number | undefined;
  #wasLive = false;

  constructor(desk: Desk, clock: Clock, emit: Emit) {
    this.#desk = desk;
    this.#clock = clock;
    this.#emit = emit;
    this.#startedAt = clock.now();
    this.#anomalies = desk.anomalies.total();
  }

  /** Begins to observe. @returns a function that ends it */
  observe(): () => void {
    const ends = [
      this.#desk.changes.subscribe((change) => this.#changed(change)),
      this.#desk.anomalies.subscribe((anomalies) => {
        const fresh = this.#desk.anomalies.total() - this.#anomalies;
        this.#anomalies += fresh;
        for (const { code, id } of fresh > 0 ? anomalies.slice(-fresh) : []) {
          this.#emit({ type: "anomaly", code, ...(id === undefined ? {} : { id }) });
        }
      }),
    ];
    this.#connection(this.#desk.connection.getSnapshot());
    for (const interaction of this.#desk.interactions.getSnapshot()) this.#interaction(interaction);
    return () => ends.forEach((end) => end());
  }

  #changed(change: DeskChange): void {
    if (change.about === "connection") this.#connection(change.connection);
    else if (change.about === "channel") this.#channel(change.channel);
    else this.#interaction(change.interaction);
  }

  #connection({ state, lossReason }: ConnectionSnapshot): void {
    const now = this.#clock.now();
    if (state === "Live" && !this.#wasLive) {
      this.#wasLive = true;
      this.#emit({ type: "connected", duration: now - this.#startedAt });
    } else if (state === "Live" && this.#lostAt !== undefined) {
      this.#emit({ type: "reconnected", duration: now - this.#lostAt });
      this.#lostAt = undefined;
    } else if (state !== "Live" && state !== "Stopped" && this.#wasLive && this.#lostAt === undefined) {
      this.#lostAt = now;
      this.#emit({ type: "lost", lossReason });
    }
  }

  #channel({ name, state, reason }: Channel): void {
    const readiness = `${state} ${reason}`;
    // A channel also changes when an operation on it is pending.
    if (this.#readiness.get(name) === readiness || state === "Unknown") return;
    this.#readiness.set(name, readiness);
    this.#emit({ type: "readiness", channel: name, state, reason });
  }

  #interaction({ id, channel, state, isEnded, outcome }: Interaction): void {
    const now = this.#clock.now();
    const seen = this.#seen.get(id);
    if (isEnded) {
      // The outcome may not be known yet; then there will be another change.
      if (seen === undefined || outcome === null) return;
      this.#seen.delete(id);
      this.#emit({ type: "ended", id, channel, outcome, from: seen.state, duration: now - seen.since });
      return;
    }
    if (seen?.state === state) return;
    const { state: before, since, offeredAt } = seen ?? { since: now, offeredAt: now };
    const isOffer = state === "Invited";
    this.#seen.set(id, { state, since, offeredAt: isOffer ? now : offeredAt });
    if (isOffer) this.#emit({ type: "offered", id, channel });
    if (state === "Accepted" && before === "Invited") {
      this.#emit({ type: "accepted", id, channel, duration: now - offeredAt });
    }
  }
}
