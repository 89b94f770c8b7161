import type { Fact, Reading } from "../index.ts";
import type { Decoded } from "../links/gws/index.ts";
import type { Entry } from "./format.ts";
import type { ReplayDesk } from "./replay-desk.ts";
import { factFor } from "./restore.ts";

/**
 * Places what listeners did in the midst of a delivery, as version 1 recorded it. A desk of that time notified its
 * listeners after each fact, and counted the notifications. So the delivery is replayed fact by fact; after each one come
 * the entries that are due by an own count of changes and that the desk allows, in their order. `finish` applies the rest.
 */
export class VersionOnePlacement {
  readonly #inner: Entry[];
  readonly #replayed: ReplayDesk;
  readonly #apply: (entry: Entry) => void;
  readonly #unsubscribe: () => void;
  readonly #before: number;
  #changes = 0;

  /** @param inner - the entries that happened within another one, which `play` plays. */
  constructor(inner: readonly Entry[], replayed: ReplayDesk, apply: (entry: Entry) => void) {
    this.#inner = [...inner];
    this.#replayed = replayed;
    this.#apply = apply;
    this.#before = this.#notifications();
    this.#unsubscribe = replayed.desk.changes.subscribe(() => {
      this.#changes++;
    });
  }

  /** Plays an entry in the midst of which others happened. @returns false for one that is played like any other. */
  async play(entry: Entry): Promise<boolean> {
    const { desk, link, dialect } = this.#replayed;
    if (entry.type === "frame" || entry.type === "facts") {
      await this.#replayed.connected();
      this.#deliver(entry.type === "facts" ? entry : dialect.decode(entry.frame));
      return true;
    }
    if (entry.type !== "list" || !link.isReading || desk.connection.state !== "Live") return false;
    const reading = this.#replayed.readingOf(entry);
    await this.#replayed.read(reading.kind === "read" ? this.#read(reading) : reading);
    return true;
  }

  /** Delivers a notification fact by fact. */
  #deliver({ facts, anomalies }: Decoded): void {
    const { desk, link } = this.#replayed;
    if (anomalies.length > 0) {
      link.deliver({ facts: [], anomalies });
      this.#applyDue();
    }
    for (const fact of facts.flatMap((one) => this.#byChannel(one))) {
      // Those who watched an id that comes into being were notified once more.
      if (fact.about === "interaction" && desk.interaction(fact.id) === undefined) this.#changes++;
      link.deliver({ facts: [fact] });
      this.#applyDue();
    }
  }

  /**
   * Delivers the facts of a list as notifications, as far as those have the same effect.
   *
   * @returns the rest of the list.
   */
  #read({ facts, anomalies, ids }: Extract<Reading, { kind: "read" }>): Reading {
    const { desk, link } = this.#replayed;
    const delivered = new Set(link.deliveredIds);
    const dismissed = new Set(desk.journal.dismissedIds());
    this.#deliver({ facts: [], anomalies });
    const canBeNotified = (fact: Fact): boolean => {
      if (fact.about === "channel") return true;
      const known = desk.interaction(fact.id);
      const leadsBack = known?.isEnded === true || (fact.change === "Invited" && known?.state !== "Invited");
      return !delivered.has(fact.id) && !dismissed.has(fact.id) && (known === undefined || !leadsBack);
    };
    for (const [index, fact] of facts.entries()) {
      if (!canBeNotified(fact)) return { kind: "read", facts: facts.slice(index), anomalies: [], ids };
      this.#deliver({ facts: [fact], anomalies: [] });
    }
    for (const { id, channel } of desk.interactions.getSnapshot()) {
      if (!ids.has(id) && !delivered.has(id))
        this.#deliver({
          facts: [factFor(id, { channel, change: "Missing", capabilities: [] })],
          anomalies: [],
        });
    }
    return { kind: "read", facts: [], anomalies: [], ids };
  }

  /** Applies what is left. */
  finish(): void {
    this.#unsubscribe();
    for (const entry of this.#inner) this.#apply(entry);
  }

  /** A fact about every channel, for each that is listed, when something was performed on one in between. */
  #byChannel(fact: Fact): readonly Fact[] {
    const isBroad = fact.about === "channel" && fact.channel === undefined;
    const isActedOn = this.#inner.some((entry) => entry.type === "perform" && "channel" in entry.on);
    if (!isBroad || !isActedOn) return [fact];
    return this.#replayed.desk.channels.getSnapshot().map(({ name }) => ({ ...fact, channel: name }));
  }

  #applyDue(): void {
    for (let [first] = this.#inner; first !== undefined; [first] = this.#inner) {
      const isDue = first.in !== undefined && "point" in first.in && first.in.point <= this.#count();
      if (!isDue || !this.#isAllowed(first)) return;
      this.#inner.shift();
      this.#apply(first);
    }
  }

  #isAllowed(entry: Entry): boolean {
    const { desk, operations } = this.#replayed;
    switch (entry.type) {
      case "perform": {
        const { on, operation, notAllowed } = entry;
        const subject = "id" in on ? desk.interaction(on.id) : desk.channel(on.channel);
        return (
          notAllowed !== undefined || (subject !== undefined && Object.hasOwn(subject.actions, operation))
        );
      }
      case "dismiss":
        return desk.interaction(entry.id)?.isEnded === true;
      case "outcome":
        return operations.isSettled(entry.of);
      default:
        return true;
    }
  }

  /** About how often a desk of version 1 would have notified since the delivery began. */
  #count(): number {
    return this.#changes + this.#notifications() - this.#before;
  }

  /** The number of notifications besides changes. */
  #notifications(): number {
    const { anomalies, channels, journal } = this.#replayed.desk;
    return anomalies.total() + channels.getSnapshot().length + [...journal.dismissedIds()].length;
  }
}
