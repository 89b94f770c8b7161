import type {
  DeskChange,
  Channel,
  Clock,
  ConnectionSnapshot,
  Desk,
  Interaction,
  InteractionState,
} from "../index.ts";
import type { Tell } from "./bot-event.ts";

interface Seen {
  state: InteractionState;
  readonly since: number;
  /** When it was offered last, if it was. */
  offeredAt: number;
}

/** Watches a desk and tells what happens there, whoever caused it. */
export class Witness {
  readonly #desk: Desk;
  readonly #clock: Clock;
  readonly #tell: Tell;
  readonly #began: number;
  readonly #seen = new Map<string, Seen>();
  readonly #readiness = new Map<string, string>();
  #anomalies: number;
  #lostAt: number | undefined;
  #wasLive = false;

  constructor(desk: Desk, clock: Clock, tell: Tell) {
    this.#desk = desk;
    this.#clock = clock;
    this.#tell = tell;
    this.#began = clock.now();
    this.#anomalies = desk.anomalies.total();
  }

  /** Begins to watch. @returns ends it */
  watch(): () => void {
    const ends = [
      this.#desk.changes.subscribe((change) => this.#changed(change)),
      this.#desk.anomalies.subscribe((anomalies) => {
        const fresh = this.#desk.anomalies.total() - this.#anomalies;
        this.#anomalies += fresh;
        for (const { code, id } of fresh > 0 ? anomalies.slice(-fresh) : []) {
          this.#tell({ type: "anomaly", code, ...(id === undefined ? {} : { id }) });
        }
      }),
    ];
    this.#connection(this.#desk.connection.getSnapshot());
    for (const interaction of this.#desk.interactions.getSnapshot()) this.#interaction(interaction);
    return () => {
      for (const end of ends) end();
    };
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
      this.#tell({ type: "connected", duration: now - this.#began });
    } else if (state === "Live" && this.#lostAt !== undefined) {
      this.#tell({ type: "reconnected", duration: now - this.#lostAt });
      this.#lostAt = undefined;
    } else if (state !== "Live" && state !== "Stopped" && this.#wasLive && this.#lostAt === undefined) {
      this.#lostAt = now;
      this.#tell({ type: "lost", lossReason });
    }
  }

  #channel({ name, state, reason }: Channel): void {
    const told = `${state} ${reason}`;
    // A channel changes as well when an operation on it is under way.
    if (this.#readiness.get(name) === told || state === "Unknown") return;
    this.#readiness.set(name, told);
    this.#tell({ type: "readiness", channel: name, state, reason });
  }

  #interaction({ id, channel, state, isEnded, outcome }: Interaction): void {
    const now = this.#clock.now();
    const seen = this.#seen.get(id);
    if (isEnded) {
      // How it ended may not be known yet; then there will be another change.
      if (seen === undefined || outcome === null) return;
      this.#seen.delete(id);
      this.#tell({ type: "ended", id, channel, outcome, from: seen.state, duration: now - seen.since });
    } else if (seen === undefined) {
      this.#seen.set(id, { state, since: now, offeredAt: now });
      if (state === "Invited") this.#tell({ type: "offered", id, channel });
    } else if (seen.state !== state) {
      const before = seen.state;
      seen.state = state;
      if (state === "Invited") {
        seen.offeredAt = now;
        this.#tell({ type: "offered", id, channel });
      }
      if (state === "Accepted" && before === "Invited") {
        this.#tell({ type: "accepted", id, channel, duration: now - seen.offeredAt });
      }
    }
  }
}
