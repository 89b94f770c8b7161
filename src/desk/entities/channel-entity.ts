import type { Actor } from "xstate";
import { channelMachine } from "../../../machines/channel.machine.ts";
import { arraysEqual } from "../../domain/arrays.ts";
import type { ChannelContext, ChannelEvent } from "../../domain/channel-context.ts";
import { effectsOf, type Effects } from "../../domain/effects.ts";
import type { ChannelFact } from "../../domain/fact.ts";
import { isSafeId } from "../../domain/identifier.ts";
import { conflictWith, type OperationRule, type OperationTable } from "../../domain/operation.ts";
import type { Unavailability } from "../../domain/outcome.ts";
import { operationsOf, type OperationFact } from "../../domain/pending-operations.ts";
import type { ChannelTarget } from "../../domain/request.ts";
import { createActionSet, type Actions, type ActionSet, type Perform } from "../operations/action-set.ts";
import type { OperationTarget, PendingRequest } from "../operations/operation-target.ts";
import { ListenerSet, type ReadableStore } from "../readable-store.ts";
import type { Channel, ChannelSnapshot } from "./channel.ts";
import { Chart } from "./chart.ts";
import type { DeskModel } from "./desk-model.ts";
import { definePublicView } from "./public-view.ts";

const properties = [
  "name",
  "state",
  "serverState",
  "reason",
  "doNotDisturb",
  "pending",
  "actions",
  "can",
] as const;
const createView = definePublicView<ChannelSnapshot, Channel>("Channel", properties, [
  "name",
  "state",
  "reason",
  "pending",
]);

/** One of the agent's channels inside the desk. What is applied to it returns what follows. */
export class ChannelEntity implements OperationTarget {
  readonly name: string;
  readonly handle: Channel;
  readonly rules: OperationTable;
  readonly #model: DeskModel;
  readonly #chart: Chart<typeof channelMachine>;
  readonly #actions: ActionSet;
  readonly #listeners: ListenerSet<ChannelSnapshot>;
  readonly #waiting = new Map<number, OperationRule>();
  #serverState: string | undefined;
  #snapshot: ChannelSnapshot;

  constructor(name: string, model: DeskModel, perform: Perform) {
    this.name = name;
    this.rules = model.rules.channel;
    this.#model = model;
    this.#chart = new Chart({ id: name, machine: channelMachine, inspection: model.inspection });
    this.#actions = createActionSet(this, perform);
    this.#listeners = new ListenerSet(model.inspection.delivery.report);
    const readable: ReadableStore<ChannelSnapshot> = {
      getSnapshot: () => this.snapshot(),
      subscribe: (observer) => this.#listeners.add(observer, this.snapshot()),
    };
    this.handle = createView(this.#chart, readable, model.inspection.delivery);
    this.#snapshot = this.#createSnapshot(undefined);
  }

  /** The actor for inspectors; it is dropped when the last one detaches. */
  get inspected(): Actor<typeof channelMachine> {
    return this.#chart.inspected;
  }

  get isWatched(): boolean {
    return !this.#listeners.isEmpty;
  }

  /** Applies what a notification or the server's list says. */
  apply({ change, state, reason, doNotDisturb }: ChannelFact): Effects {
    this.#serverState = state ?? this.#serverState;
    return this.#send({ type: change, reason, doNotDisturb });
  }

  begin({ key, rule }: PendingRequest): Effects {
    const { operation, confirmedBy, endsAs, supersedes } = rule;
    this.#waiting.set(key, rule);
    return this.applyOperation({ type: "OperationSent", key, operation, confirmedBy, endsAs, supersedes });
  }

  applyOperation(fact: OperationFact): Effects {
    const rule = fact.type === "OperationAcknowledged" ? this.#waiting.get(fact.key) : undefined;
    // A server has nothing to notify when it is asked for the present state; its list can tell.
    const isState = rule?.confirmedBy.by === "state" && this.#chart.state.value === rule.confirmedBy.state;
    return this.#send(fact, isState);
  }

  target(): ChannelTarget {
    return { about: "channel", channel: this.name };
  }

  unavailability(rule: OperationRule): Unavailability | undefined {
    if (!this.#model.connection.isLive) return "not-live";
    if (!isSafeId(this.name)) return "unsafe-id";
    const { value, context } = this.#chart.state;
    const isSettled = context.pending.length === 0;
    if (rule.operation === "Ready" && value === "Ready" && isSettled) return "already";
    return conflictWith(rule, context.pending, this.rules);
  }

  /** Looks again at what can be performed, because the connection went live or ceased to be. */
  refresh(): Effects {
    return this.#effects([], false);
  }

  /** Returns the present snapshot: the same until something that it shows changes. */
  snapshot(): ChannelSnapshot {
    return (this.#snapshot = this.#createSnapshot(this.#snapshot));
  }

  notify(): void {
    if (this.isWatched) this.#listeners.notify(this.snapshot());
  }

  #createSnapshot(held: ChannelSnapshot | undefined): ChannelSnapshot {
    const { value, context } = this.#chart.state;
    const now: ChannelSnapshot = {
      name: this.name,
      state: value,
      serverState: this.#serverState,
      reason: context.reason,
      doNotDisturb: context.doNotDisturb,
      pending: operationsOf(context, held?.pending),
      actions: this.#actions.current() as Actions & ChannelSnapshot["actions"],
      can: this.#actions.can,
    };
    const isSame = held !== undefined && arraysEqual(Object.values(held), Object.values(now));
    return isSame ? held : Object.freeze(now);
  }

  #send(event: ChannelEvent, needsResync = false): Effects {
    this.#chart.send(event);
    const { settled } = this.#chart.state.context;
    for (const { key } of settled) this.#waiting.delete(key);
    return this.#effects(settled, needsResync);
  }

  #effects(settled: ChannelContext["settled"], needsResync: boolean): Effects {
    const before = this.#snapshot;
    return effectsOf(this.snapshot() !== before, settled, undefined, needsResync);
  }
}
