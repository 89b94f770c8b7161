import { assign, setup } from "xstate";
import {
  afterChannelUpdate,
  afterReadiness,
  newChannel,
  type ChannelContext,
  type ChannelEvent,
  type ReadinessFact,
} from "../src/domain/channel-context.ts";
import { reduceOperation, type OperationFact } from "../src/domain/pending-operations.ts";

/**
 * The readiness of one of the agent's channels, as the server reports it. Asking for Ready does not make it Ready;
 * the server's notification does.
 */
export const channelMachine = setup({
  types: {
    context: {} as ChannelContext,
    events: {} as ChannelEvent,
  },
  actions: {
    report: assign(({ context, event }) => afterReadiness(context, event as ReadinessFact)),
    update: assign(({ context, event }) => afterChannelUpdate(context, event as ReadinessFact)),
    operate: assign(({ context, event }) => reduceOperation(context, event as OperationFact)),
  },
}).createMachine({
  id: "channel",
  context: newChannel,
  initial: "Unknown",
  on: {
    Ready: { target: ".Ready", actions: "report" },
    NotReady: { target: ".NotReady", actions: "report" },
    StateUnknown: { target: ".Unknown", actions: "report" },
    PropertiesChanged: { actions: "update" },
    OperationSent: { actions: "operate" },
    OperationAcknowledged: { actions: "operate" },
    OperationRefused: { actions: "operate" },
    OperationUnanswered: { actions: "operate" },
    OperationConfirmed: { actions: "operate" },
    OperationExpired: { actions: "operate" },
  },
  states: {
    Unknown: { description: "The server has not sent a known state." },
    Ready: { description: "The server offers interactions on this channel." },
    NotReady: { description: "The server offers nothing on this channel; it may give a reason." },
  },
});
