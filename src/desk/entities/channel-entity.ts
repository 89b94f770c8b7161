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
import { createActionSet, type Actions, type ActionSet } from "../operations/action-set.ts";
import { operationSent, type OperationTarget, type PendingRequest } from "../operations/operation-target.ts";
import { WatchedStore } from "../readable-store.ts";
import type { Channel, ChannelSnapshot } from "./channel.ts";
import { Chart } from "./chart.ts";
import type { DeskModel } from "./desk-model.ts";
import { definePublicView } from "./public-view.ts";

const shown = ["name", "state", "reason", "pending", "actions"] as const;
const properties = [...shown, "serverState", "doNotDisturb", "can"] as const;
const createView = definePublicView<ChannelSnapshot, Channel>("Channel", properties, shown);

/** One of the agent's channels inside the desk. Applying something to it returns the effects. */
export class ChannelEntity implements OperationTarget {
  readonly name: string;
  readonly handle: Channel;
  readonly store: WatchedStore<ChannelSnapshot>;
  readonly change: { readonly about: "channel"; readonly channel: Channel };
  readonly rules: OperationTable;
  readonly #model: DeskModel;
  readonly #chart: Chart<typeof channelMachine>;
  readonly #actions: ActionSet;
  #serverState: string | undefined;
  #snapshot: ChannelSnapshot;

  constructor(name: string, model: DeskModel) {
    const { rules, inspection, perform } = model;
    const { delivery } = inspection;
    this.name = name;
    this.rules = rules.channel;
    this.#model = model;
    this.#chart = new Chart({ id: name, machine: channelMachine, inspection });
    this.#actions = createActionSet(this, perform);
    this.store = new WatchedStore(() => this.#update(), delivery.report);
    this.handle = createView(this.#chart, this.store.readable, delivery);
    this.change = { about: "channel", channel: this.handle };
    this.#snapshot = this.#createSnapshot(undefined);
  }

  /** The actor for inspectors; it is dropped when the last one detaches. */
  get inspected(): Actor<typeof channelMachine> {
    return this.#chart.inspected;
  }

  /** Applies a fact of a notification or of the server's list. */
  apply({ change, state, reason, doNotDisturb }: ChannelFact): Effects {
    this.#serverState = state ?? this.#serverState;
    return this.#send({ type: change, reason, doNotDisturb });
  }

  begin(request: PendingRequest): Effects {
    return this.#send(operationSent(request));
  }

  applyOperation(fact: OperationFact): Effects {
    const { value, context } = this.#chart.state;
    const pending = context.pending.find(({ key }) => key === fact.key);
    const awaited = fact.type === "OperationAcknowledged" ? pending?.confirmedBy : undefined;
    // A server has nothing to notify when it is asked for the present state, so its list is read.
    return this.#send(fact, awaited?.by === "state" && value === awaited.state);
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

  /** Checks again which operations can be performed, because the connection went live or ceased to be. */
  refresh(): Effects {
    return this.#effects([], false);
  }

  /** Returns the present snapshot: the same until something that it shows changes. */
  #update(): ChannelSnapshot {
    return (this.#snapshot = this.#createSnapshot(this.#snapshot));
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
    return this.#effects(this.#chart.state.context.settled, needsResync);
  }

  #effects(settled: ChannelContext["settled"], needsResync: boolean): Effects {
    const before = this.#snapshot;
    return effectsOf(this.#update() !== before, settled, undefined, needsResync);
  }
}
