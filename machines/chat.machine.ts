import { assign, setup } from "xstate";
import {
  afterEnding,
  afterOperation,
  afterState,
  afterUpdate,
  newInteraction,
  type InteractionContext,
  type InteractionEvent,
  type LifecycleFact,
} from "../src/domain/interaction-context.ts";
import type { InteractionOutcome } from "../src/domain/outcome.ts";
import type { OperationFact } from "../src/domain/pending-operations.ts";

/**
 * The life of a chat that an agent is offered.
 *
 * It receives what the server reports and what became of the agent's operations, never requests. A pending operation
 * is context, not a state. Facts that lead nowhere are listed with the reason.
 */
export const chatMachine = setup({
  types: {
    context: {} as InteractionContext,
    events: {} as InteractionEvent,
  },
  actions: {
    update: assign(({ context, event }) => afterUpdate(context, event as LifecycleFact)),
    reach: assign(({ context, event }) => afterState(context, event as LifecycleFact)),
    end: assign(({ context }, params: { as: InteractionOutcome }) => afterEnding(context, params.as)),
    operate: assign(({ context, event }) => afterOperation(context, event as OperationFact)),
  },
}).createMachine({
  id: "chat",
  context: newInteraction,
  initial: "Unknown",
  on: {
    PropertiesChanged: { actions: "update" },
    StateUnknown: { actions: "update" },
    Composing: { description: "Only an email is composed." },
    Sent: { description: "Only an email is sent as a whole." },
    Canceled: { description: "Only an outbound email is canceled." },
    Revoked: { target: ".Ended.Revoked", actions: { type: "end", params: { as: "Revoked" } } },
    Completed: { target: ".Ended.Completed", actions: { type: "end", params: { as: "Completed" } } },
    Missing: { target: ".Ended.Gone", actions: { type: "end", params: { as: "Gone" } } },
    OperationSent: { actions: "operate" },
    OperationAcknowledged: { actions: "operate" },
    OperationRefused: { actions: "operate" },
    OperationUnanswered: { actions: "operate" },
    OperationConfirmed: { actions: "operate" },
    OperationExpired: { actions: "operate" },
  },
  states: {
    Unknown: {
      description: "The server has not sent a known state.",
      on: {
        Invited: { target: "Invited", actions: "reach" },
        Accepted: { target: "Accepted", actions: "reach" },
        Left: { target: "Left", actions: "reach" },
      },
    },
    Invited: {
      description: "Offered to the agent until the server revokes it.",
      on: {
        Invited: { actions: "reach" },
        Accepted: { target: "Accepted", actions: "reach" },
        Left: { target: "Left", actions: "reach" },
      },
    },
    Accepted: {
      description: "The agent takes part in it.",
      on: {
        Invited: { description: "Late: it has been accepted." },
        Accepted: { actions: "reach" },
        Left: { target: "Left", actions: "reach" },
      },
    },
    Left: {
      description: "The agent left the conversation, but processing has not ended.",
      on: {
        Invited: { description: "Late: it has been accepted." },
        Accepted: { description: "Late: it has been left." },
        Left: { actions: "reach" },
      },
    },
    Ended: {
      description: "Only answers to pending operations still count.",
      tags: ["ended"],
      initial: "Gone",
      on: {
        Invited: { description: "Late: only the server's list can offer it again." },
        Accepted: { description: "Late: it has ended." },
        Left: { description: "Late: it has ended." },
        PropertiesChanged: { description: "Late: it has ended." },
        StateUnknown: { description: "Late: it has ended." },
        Revoked: { description: "Late: the first ending counts." },
        Completed: { description: "Late: the first ending counts." },
        Missing: { description: "Late: the first ending counts." },
        OperationConfirmed: { description: "Only the answer shows what caused the end." },
      },
      states: {
        Revoked: { description: "The server took it away." },
        Completed: { description: "Processing ended." },
        Gone: { description: "The server's list no longer has it." },
      },
    },
  },
});
