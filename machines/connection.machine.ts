import { assign, setup } from "xstate";
import { newConnection, type ConnectionContext, type ConnectionFact } from "../src/domain/connection.ts";

/**
 * What a desk may say about its connection. It is Live only while the current CometD session has connected and
 * subscribed and the store has caught up with the server's own list; otherwise it says what it is doing.
 */
export const connectionMachine = setup({
  types: {
    context: {} as ConnectionContext,
    events: {} as ConnectionFact,
  },
  actions: {
    begin: assign(() => newConnection),
    connect: assign(({ context, event }) =>
      event.type === "Connected" ? { isAcknowledging: event.isAcknowledging } : context,
    ),
    recover: assign(() => ({ lossReason: null, failures: 0 })),
    lose: assign(({ context, event }) =>
      event.type === "Lost" ? { lossReason: event.lossReason, failures: context.failures + 1 } : context,
    ),
    stop: assign(({ context, event }) => (event.type === "Stop" ? { stopReason: event.reason } : context)),
  },
}).createMachine({
  id: "connection",
  context: newConnection,
  initial: "Offline",
  on: {
    Stop: { target: ".Stopped", actions: "stop" },
  },
  states: {
    Offline: {
      description: "Not started.",
      on: {
        Start: { target: "Connecting", actions: "begin" },
        Connected: { description: "Not started: a link that was not asked has nothing to tell." },
        CaughtUp: { description: "Not started: a link that was not asked has nothing to tell." },
        Lost: { description: "Not started: a link that was not asked has nothing to tell." },
        Stop: { description: "Not started: there is nothing to stop." },
      },
    },
    Connecting: {
      description: "Signing in, shaking hands and subscribing for the first time.",
      on: {
        Start: { description: "Started already." },
        Connected: { target: "CatchingUp", actions: "connect" },
        CaughtUp: {
          description: "A list that was read over an earlier connection proves nothing about this one.",
        },
        Lost: { actions: "lose" },
      },
    },
    CatchingUp: {
      description: "Connected and subscribed; reading the server's own list.",
      on: {
        Start: { description: "Started already." },
        Connected: { actions: "connect" },
        CaughtUp: { target: "Live", actions: "recover" },
        Lost: { target: "Recovering", actions: "lose" },
      },
    },
    Live: {
      description: "What the desk shows is what the server says.",
      on: {
        Start: { description: "Started already." },
        Connected: { target: "CatchingUp", actions: "connect" },
        CaughtUp: { description: "A list that was read while Live brings nothing new about the connection." },
        Lost: { target: "Recovering", actions: "lose" },
      },
    },
    Recovering: {
      description: "The connection was lost; trying to get it back.",
      on: {
        Start: { description: "Started already." },
        Connected: { target: "CatchingUp", actions: "connect" },
        CaughtUp: { description: "The list was read before the connection was lost." },
        Lost: { actions: "lose" },
      },
    },
    Stopped: {
      description: "Ended by the application, or by a refusal that a retry cannot mend.",
      on: {
        Start: { target: "Connecting", actions: "begin" },
        Connected: { description: "Late: stopped already." },
        CaughtUp: { description: "Late: stopped already." },
        Lost: { description: "Late: stopped already." },
        Stop: { description: "Stopped already; the first reason counts." },
      },
    },
  },
});
