import { assign, setup } from "xstate";
import { newConnection, type ConnectionContext, type ConnectionFact } from "../src/domain/connection.ts";

/**
 * The connection of a desk. It is Live only while the current CometD session has connected and subscribed and the desk
 * has caught up with the server's own list; otherwise its state names what the link is doing.
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
        Connected: { description: "Not started." },
        CaughtUp: { description: "Not started." },
        Lost: { description: "Not started." },
        Stop: { description: "Not started." },
      },
    },
    Connecting: {
      description: "Signing in, shaking hands and subscribing for the first time.",
      on: {
        Start: { description: "Started already." },
        Connected: { target: "CatchingUp", actions: "connect" },
        CaughtUp: { description: "Late: the list was read over an earlier connection." },
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
      description: "The desk shows what the server reports.",
      on: {
        Start: { description: "Started already." },
        Connected: { target: "CatchingUp", actions: "connect" },
        CaughtUp: { description: "Caught up already." },
        Lost: { target: "Recovering", actions: "lose" },
      },
    },
    Recovering: {
      description: "The connection was lost; reconnecting.",
      on: {
        Start: { description: "Started already." },
        Connected: { target: "CatchingUp", actions: "connect" },
        CaughtUp: { description: "Late: the list was read before the connection was lost." },
        Lost: { actions: "lose" },
      },
    },
    Stopped: {
      description: "Stopped by the application, or by a refusal that no retry can change.",
      on: {
        Start: { target: "Connecting", actions: "begin" },
        Connected: { description: "Late: the desk was stopped." },
        CaughtUp: { description: "Late: the desk was stopped." },
        Lost: { description: "Late: the desk was stopped." },
        Stop: { description: "Late: the first reason counts." },
      },
    },
  },
});
