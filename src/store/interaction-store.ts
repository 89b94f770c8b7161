import type { InteractionFact } from "../domain/fact.ts";
import { isBehind, isEnding } from "../domain/lifecycle.ts";
import type { InteractionHost } from "./cell-host.ts";
import { InteractionCell } from "./interaction-cell.ts";
import type { AnySnapshot, Interaction } from "./interaction.ts";
import type { Reading } from "./link-port.ts";
import { MaintainedList } from "./maintained-list.ts";
import { Observers, type Readable, type Subscription } from "./readable.ts";
import { endedMeanwhile } from "./resync.ts";

/** What the interactions need of their desk. */
export interface InteractionStoreOptions {
  /** How many ended interactions are kept. */
  readonly keepEnded: number;
  readonly changed: (cell: InteractionCell) => void;
}

/** Ids of interactions that were dismissed, so that a late message does not bring them back. */
const mostForgotten = 256;

/** All interactions of a desk. What one message costs does not depend on how many there are. */
export class InteractionStore {
  readonly live: MaintainedList<InteractionCell, Interaction>;
  readonly invitations: MaintainedList<InteractionCell, Interaction>;
  readonly ended: MaintainedList<InteractionCell, Interaction>;
  readonly #options: InteractionStoreOptions;
  readonly #host: InteractionHost<InteractionCell>;
  readonly #cells = new Map<string, InteractionCell>();
  readonly #watched = new Set<InteractionCell>();
  readonly #forgotten = new Set<string>();
  /** Those who watch an id, told when an interaction with it comes or is dismissed. */
  readonly #expecting = new Map<string, Observers<AnySnapshot | undefined>>();

  constructor(
    host: Omit<InteractionHost<InteractionCell>, "changed" | "watched" | "dismiss">,
    options: InteractionStoreOptions,
  ) {
    this.#options = options;
    this.#host = {
      ...host,
      changed: (cell) => this.#changed(cell),
      watched: (cell, isWatched) => void (isWatched ? this.#watched.add(cell) : this.#watched.delete(cell)),
      dismiss: (cell) => this.#dismiss(cell),
    };
    const item = (cell: InteractionCell) => cell.view.handle();
    this.live = new MaintainedList(item, host.report);
    this.invitations = new MaintainedList(item, host.report);
    this.ended = new MaintainedList(item, host.report);
  }

  get(id: string): InteractionCell | undefined {
    return this.#cells.get(id);
  }

  cells(): Iterable<InteractionCell> {
    return this.#cells.values();
  }

  /** Watches whichever interaction has this id, also one that is yet to come. */
  watch(id: string): Readable<AnySnapshot | undefined> {
    const getSnapshot = () => this.#cells.get(id)?.view.snapshot();
    const subscribe: Readable<AnySnapshot | undefined>["subscribe"] = (observer) => {
      let watched: Subscription | undefined;
      const own = new Observers<AnySnapshot | undefined>(this.#host.report);
      own.add(observer);
      const follow = () => {
        watched?.();
        watched = this.#cells.get(id)?.view.subscribe(own.notify);
      };
      follow();
      const expecting = this.#expecting.get(id) ?? new Observers(this.#host.report);
      this.#expecting.set(id, expecting);
      const end = expecting.add((snapshot) => {
        follow();
        own.notify(snapshot);
      });
      const unsubscribe = () => {
        end();
        watched?.();
        if (expecting.isEmpty) this.#expecting.delete(id);
      };
      return Object.assign(unsubscribe, { unsubscribe });
    };
    return { getSnapshot, subscribe };
  }

  /** Takes in a notification. */
  receive(fact: InteractionFact): void {
    const cell = this.#cells.get(fact.id);
    if (cell === undefined ? this.#forgotten.has(fact.id) : cell.isEnded) return this.#late(fact);
    if (cell !== undefined && fact.channel !== undefined && fact.channel !== cell.serverChannel) {
      const message = "The server named another channel than before; the first one counts.";
      this.#host.report({ code: "channel-mismatch", message, id: fact.id });
    }
    const concerned = cell ?? this.#create(fact);
    concerned.receive(fact);
    // One that is heard of for the first time is news, even when nothing is told about it.
    if (concerned.listedAs === undefined) this.#changed(concerned);
    if (cell === undefined) this.#expecting.get(fact.id)?.notify(concerned.view.snapshot());
  }

  /**
   * Takes in the server's own list. It is the truth as of when it was made: it may end, bring back or lead back what no
   * notification could. What was heard by notification meanwhile is newer and is applied once more on top.
   */
  merge(
    reading: Extract<Reading, { kind: "read" }>,
    meanwhile: ReadonlyMap<string, readonly InteractionFact[]>,
  ): void {
    for (const fact of reading.facts) {
      if (fact.about === "interaction") this.#mergeListed(fact, meanwhile.get(fact.id));
    }
    for (const cell of [...this.live.members()]) {
      if (reading.ids.has(cell.id) || meanwhile.has(cell.id)) continue;
      cell.receive(missing(cell));
    }
  }

  /** The connection went live or ceased to be: what can be done changed for those who are watched. */
  notifyWatched(): void {
    for (const cell of this.#watched) cell.view.notify();
  }

  #mergeListed(fact: InteractionFact, meanwhile: readonly InteractionFact[] = []): void {
    const cell = this.#cells.get(fact.id);
    if (cell === undefined) {
      if (endedMeanwhile(meanwhile)) return;
      this.#forgotten.delete(fact.id);
    } else if (cell.isEnded) {
      if (endedMeanwhile(meanwhile)) return;
      const message = "An interaction that had ended is on the server's list again; it begins a new life.";
      this.#host.report({ code: "reoffered", message, id: fact.id });
      cell.renew();
    } else if (meanwhile.length === 0 && isBehind(fact.change, cell.state)) {
      const message = `The server's list leads back from ${cell.state}; the list counts.`;
      this.#host.report({ code: "unexpected-state", message, id: fact.id });
      cell.renew();
    }
    this.receive(fact);
    for (const newer of meanwhile) this.receive(newer);
  }

  /**
   * A notification about an interaction that has ended or was dismissed changes nothing. But if it grants something it
   * may be a new offer of the same interaction, which cannot be told from a repeat; then the server's list decides.
   */
  #late(fact: InteractionFact): void {
    const message = `A notification of ${fact.change} came after the interaction had ended; it changed nothing.`;
    this.#host.report({ code: "late-fact", message, id: fact.id });
    if (!isEnding(fact.change) && fact.capabilities !== undefined && fact.capabilities.length > 0) {
      this.#host.lookUp();
    }
  }

  #create(fact: InteractionFact): InteractionCell {
    const channel = fact.channel ?? "unknown";
    if (!this.#host.rules.interaction.has(channel)) {
      const message = "An interaction of a channel that is not known; it can be seen, not handled.";
      this.#host.report({ code: "unknown-channel", message, id: fact.id });
    }
    const cell = new InteractionCell(fact.id, channel, this.#host);
    this.#cells.set(fact.id, cell);
    return cell;
  }

  #changed(cell: InteractionCell): void {
    const lists = cell.listedAs === cell.state ? undefined : this.#list(cell);
    cell.notify();
    if (lists !== undefined) for (const list of lists) list.notify();
    this.#options.changed(cell);
    this.#confirmReplies(cell);
    if (cell.hasNewGap()) this.#host.lookUp();
  }

  /** Puts the interaction on the lists of its state and takes it off the others. Gives the lists that changed. */
  #list(cell: InteractionCell): readonly MaintainedList<InteractionCell, Interaction>[] {
    const { state, isEnded } = cell;
    cell.listedAs = state;
    const changed = [];
    if (this.live.set(cell, !isEnded)) changed.push(this.live);
    if (this.invitations.set(cell, state === "Invited")) changed.push(this.invitations);
    if (this.ended.set(cell, isEnded)) {
      changed.push(this.ended);
      this.#boundEnded();
    }
    return changed;
  }

  /** A reply is confirmed by the interaction that it created; only then is a new one looked at so closely. */
  #confirmReplies(cell: InteractionCell): void {
    if (cell.state !== "Composing") return;
    const waiting = this.#host.runner.awaitingReply();
    const { parentId, threadId } = cell.record;
    for (const running of waiting) {
      const asked = running.subject;
      if (!(asked instanceof InteractionCell) || asked === cell) continue;
      const isAnswer =
        parentId !== undefined
          ? parentId === asked.id
          : threadId !== undefined
            ? threadId === asked.record.threadId
            : waiting.length === 1;
      if (isAnswer) return this.#host.runner.confirmReply(running, cell.id);
    }
  }

  #boundEnded(): void {
    while (this.ended.size > this.#options.keepEnded) {
      const oldest = this.ended.first();
      if (oldest === undefined || !this.#dismiss(oldest)) return;
    }
  }

  #dismiss(cell: InteractionCell): boolean {
    if (!cell.isEnded || this.#cells.get(cell.id) !== cell) return false;
    this.#cells.delete(cell.id);
    this.#watched.delete(cell);
    this.#forgotten.add(cell.id);
    if (this.#forgotten.size > mostForgotten) this.#forgotten.delete(this.#forgotten.values().next().value!);
    if (this.ended.set(cell, false)) this.ended.notify();
    cell.dispose();
    this.#expecting.get(cell.id)?.notify(undefined);
    return true;
  }
}

function missing(cell: InteractionCell): InteractionFact {
  const { id, serverChannel: channel } = cell;
  return {
    about: "interaction",
    id,
    channel,
    change: "Missing",
    state: undefined,
    capabilities: [],
    known: {},
  };
}
