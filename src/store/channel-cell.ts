import { createActor, type Actor } from "xstate";
import { channelMachine } from "../../machines/channel.machine.ts";
import type { ChannelContext, ChannelEvent } from "../domain/channel-context.ts";
import type { ChannelFact } from "../domain/fact.ts";
import { isSafeId } from "../domain/identifier.ts";
import { excludes, type OperationRule } from "../domain/operation.ts";
import type { Unavailability } from "../domain/outcome.ts";
import type { OperationFact } from "../domain/pending.ts";
import type { ChannelTarget } from "../domain/request.ts";
import { actionsFor, type Actions } from "./actions.ts";
import type { CellHost } from "./cell-host.ts";
import type { Channel, ChannelSnapshot } from "./channel.ts";
import type { Availability } from "./interaction.ts";
import { defineGetters } from "./live-getters.ts";
import { observed } from "./observed-actor.ts";
import type { RunningOperation, Subject } from "./operation-runner.ts";
import { Observers, type Readable } from "./readable.ts";

/** One of the agent's channels inside the desk: its chart, and who watches it. */
export class ChannelCell implements Subject {
  readonly name: string;
  readonly host: CellHost<ChannelCell>;
  readonly actor: Actor<typeof channelMachine>;
  readonly handle: Channel;
  readonly #observers: Observers<ChannelSnapshot>;
  #serverState: string | undefined;
  #snapshot: ChannelSnapshot | undefined;
  /** What the observers know; not what was last read, because anybody may read in between. */
  #told: ChannelSnapshot;
  #actions: Actions | undefined;

  constructor(name: string, host: CellHost<ChannelCell>) {
    this.name = name;
    this.host = host;
    this.actor = createActor(channelMachine, { id: name });
    host.inspection.start(this.actor);
    this.#observers = new Observers(host.report);
    this.handle = new Handle(this, this.#observers) as unknown as Channel;
    this.#told = this.snapshot();
  }

  get context(): ChannelContext {
    return this.actor.getSnapshot().context;
  }
  get state(): ChannelSnapshot["state"] {
    return this.actor.getSnapshot().value;
  }

  /** Takes in what a notification or the server's list says. */
  receive({ change, state, reason, doNotDisturb }: ChannelFact): void {
    this.#serverState = state ?? this.#serverState;
    this.#tell({ type: change, reason, ...(doNotDisturb === undefined ? {} : { doNotDisturb }) });
    this.host.changed(this);
  }

  note(fact: OperationFact): void {
    this.#tell(fact);
    this.host.changed(this);
  }

  reconsider({ rule }: RunningOperation): void {
    // A server has nothing to notify when it is asked for what is so already; its list can tell.
    if (this.state === rule.confirmedBy) this.host.lookUp();
  }

  target(): ChannelTarget {
    return { about: "channel", channel: this.name };
  }

  latestEventId(): number {
    return 0;
  }

  unavailability(rule: OperationRule): Unavailability | undefined {
    if (!this.host.isLive()) return "not-live";
    if (!isSafeId(this.name)) return "unsafe-id";
    for (const { operation } of this.context.pending) {
      // Choosing another reason for not being ready takes the place of the choice before.
      if (operation === rule.operation && !rule.supersedes.includes(operation)) return "pending";
      const other = this.host.rules.channel.get(operation);
      if (other !== undefined && excludes(other, rule.operation)) return "excluded";
    }
    const isSettled = this.context.pending.length === 0;
    return rule.operation === "Ready" && this.state === "Ready" && isSettled ? "already" : undefined;
  }

  readonly can = (operation: string): Availability => {
    const rule = this.host.rules.channel.get(operation);
    const reason = rule === undefined ? "not-known" : this.unavailability(rule);
    return reason === undefined ? { allowed: true } : { allowed: false, reason };
  };

  snapshot(): ChannelSnapshot {
    const { name, state, context } = this;
    const actions = actionsFor(this, this.host.rules.channel, this.host.runner, this.#actions);
    this.#actions = actions;
    const now: ChannelSnapshot = {
      name,
      state,
      serverState: this.#serverState,
      reason: context.reason,
      doNotDisturb: context.doNotDisturb,
      pending: context.pending.map(({ operation }) => operation),
      actions: actions as ChannelSnapshot["actions"],
      can: this.can,
    };
    if (this.#snapshot === undefined || !isSame(this.#snapshot, now)) this.#snapshot = Object.freeze(now);
    return this.#snapshot;
  }

  /** Tells those who watch, if what they see has changed. Gives whether it has. */
  notify(): boolean {
    const now = this.snapshot();
    if (now === this.#told) return false;
    this.#told = now;
    this.#observers.notify(now);
    return true;
  }

  #tell(event: ChannelEvent): void {
    this.actor.send(event);
    for (const { key, outcome } of this.context.settled) this.host.runner.settle(key, outcome);
  }
}

function isSame(one: ChannelSnapshot, other: ChannelSnapshot): boolean {
  return (Object.keys(one) as (keyof ChannelSnapshot)[]).every((key) =>
    key === "pending" ? one.pending.join() === other.pending.join() : one[key] === other[key],
  );
}

/** What people hold: its properties read the snapshot of the moment. */
class Handle implements Readable<ChannelSnapshot> {
  readonly getSnapshot: () => ChannelSnapshot;
  readonly subscribe: Readable<ChannelSnapshot>["subscribe"];
  readonly can: (operation: string) => Availability;
  readonly #cell: ChannelCell;

  constructor(cell: ChannelCell, observers: Observers<ChannelSnapshot>) {
    this.#cell = cell;
    this.getSnapshot = () => cell.snapshot();
    this.can = cell.can;
    this.subscribe = (observer) => observers.add(observer);
  }

  get actor() {
    return observed(this.#cell.actor);
  }
}

const snapshotKeys: Record<Exclude<keyof ChannelSnapshot, "can">, true> = {
  name: true,
  state: true,
  serverState: true,
  reason: true,
  doNotDisturb: true,
  pending: true,
  actions: true,
};
defineGetters(Handle, Object.keys(snapshotKeys));
