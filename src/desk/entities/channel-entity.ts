import type { Actor } from "xstate";
import { channelMachine } from "../../../machines/channel.machine.ts";
import type { ChannelEvent } from "../../domain/channel-context.ts";
import type { ChannelFact } from "../../domain/fact.ts";
import { isSafeId } from "../../domain/identifier.ts";
import { conflictWith } from "../../domain/operation.ts";
import { operationsOf } from "../../domain/pending-operations.ts";
import { arraysEqual } from "../../domain/arrays.ts";
import { createActionSet } from "../operations/action-set.ts";
import type { EntityContext } from "./entity-context.ts";
import { Chart } from "./chart.ts";
import { definePublicView } from "./public-view.ts";
import type { Channel, ChannelSnapshot } from "./channel.ts";
import type { OperationTarget } from "../operations/operation-runner.ts";
import { ListenerSet } from "../readable-store.ts";

/** One of the agent's channels inside the desk: its chart, and who watches it. */
export interface ChannelEntity extends OperationTarget {
  /** The actor for those who inspect; it does not outlast their interest. */
  readonly inspected: () => Actor<typeof channelMachine>;
  readonly handle: Channel;
  /** Takes in what a notification or the server's list says. */
  readonly receive: (fact: ChannelFact) => void;
  /** Tells those who watch, if what they see has changed. Gives whether it has. */
  readonly notify: () => boolean;
}

/** Starts the chart of a channel. */
export function createChannel(name: string, host: EntityContext<ChannelEntity>): ChannelEntity {
  const { runner, report, inspection, isLive } = host;
  const rules = host.rules.channel;
  const chart = new Chart({ id: name, machine: channelMachine, inspection });
  const observers = new ListenerSet<ChannelSnapshot>(report);
  let serverState: string | undefined;
  let snapshot: ChannelSnapshot | undefined;

  const tell = (event: ChannelEvent): void => {
    chart.send(event);
    for (const { key, outcome } of chart.state.context.settled) runner.settle(key, outcome);
    host.changed(cell);
  };

  const getSnapshot = (): ChannelSnapshot => {
    const { value, context } = chart.state;
    const now: ChannelSnapshot = {
      name,
      state: value,
      serverState,
      reason: context.reason,
      doNotDisturb: context.doNotDisturb,
      pending: operationsOf(context, snapshot?.pending),
      actions: find() as ChannelSnapshot["actions"],
      can,
    };
    const isSame = snapshot !== undefined && arraysEqual(Object.values(snapshot), Object.values(now));
    return isSame ? snapshot! : (snapshot = Object.freeze(now));
  };

  const cell: ChannelEntity = {
    rules,
    inspected: () => chart.inspected,
    handle: makeHandle(chart, { getSnapshot, subscribe: observers.add }, report),
    receive: ({ change, state, reason, doNotDisturb }) => {
      serverState = state ?? serverState;
      tell({ type: change, reason, doNotDisturb });
    },
    note: tell,
    reconsider: ({ rule }) => {
      // A server has nothing to notify when it is asked for what is so already; its list can tell.
      if (chart.state.value === rule.confirmedBy) host.lookUp();
    },
    target: () => ({ about: "channel", channel: name }),
    latestEventId: () => 0,
    unavailability: (rule) => {
      if (!isLive()) return "not-live";
      if (!isSafeId(name)) return "unsafe-id";
      const { value, context } = chart.state;
      const isSettled = context.pending.length === 0;
      if (rule.operation === "Ready" && value === "Ready" && isSettled) return "already";
      return conflictWith(rule, context.pending, rules);
    },
    notify: () => {
      const now = getSnapshot();
      if (now === told) return false;
      told = now;
      observers.notify(now);
      return true;
    },
  };
  const { current: find, can } = createActionSet(cell, runner);
  /** What the observers know; not what was last read, because anybody may read in between. */
  let told = getSnapshot();
  return cell;
}

const makeHandle = definePublicView<ChannelSnapshot, Channel>([
  "name",
  "state",
  "serverState",
  "reason",
  "doNotDisturb",
  "pending",
  "actions",
  "can",
]);
