import { assign, setup } from "xstate";
import {
  afterChannelOperation,
  afterChannelUpdate,
  afterReadiness,
  newChannel,
  type ChannelContext,
  type ChannelEvent,
  type ReadinessFact,
} from "../src/domain/channel-context.ts";
import type { OperationFact } from "../src/domain/pending-operations.ts";

/**
 * The readiness of one of the agent's channels, as the server tells it. Asking for Ready does not make it Ready;
 * the server's notification does.
 */
export const channelMachine = setup({
  types: {
    context: {} as ChannelContext,
    events: {} as ChannelEvent,
  },
  actions: {
    tell: assign(({ context, event }) => afterReadiness(context, event as ReadinessFact)),
    update: assign(({ context, event }) => afterChannelUpdate(context, event as ReadinessFact)),
    note: assign(({ context, event }) => afterChannelOperation(context, event as OperationFact)),
  },
}).createMachine({
  id: "channel",
  context: newChannel,
  initial: "Unknown",
  on: {
    Ready: { target: ".Ready", actions: "tell" },
    NotReady: { target: ".NotReady", actions: "tell" },
    StateUnknown: { target: ".Unknown", actions: "tell" },
    PropertiesChanged: { actions: "update" },
    OperationSent: { actions: "note" },
    OperationAcknowledged: { actions: "note" },
    OperationRefused: { actions: "note" },
    OperationUnanswered: { actions: "note" },
    OperationConfirmed: { actions: "note" },
    OperationExpired: { actions: "note" },
  },
  states: {
    Unknown: { description: "The server has not told a readiness that is known." },
    Ready: { description: "The server offers interactions on this channel." },
    NotReady: { description: "The server offers nothing on this channel; a reason may say why." },
  },
});
