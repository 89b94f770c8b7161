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
 * The life of an email that an agent is offered, and of the outbound reply to one.
 *
 * It receives what the server reports and what became of the agent's operations, never requests. A pending operation
 * is context, not a state. Facts that lead nowhere are listed with the reason.
 */
export const emailMachine = setup({
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
  id: "email",
  context: newInteraction,
  initial: "Unknown",
  on: {
    PropertiesChanged: { actions: "update" },
    StateUnknown: { actions: "update" },
    Left: { description: "Only a chat can be left." },
    Revoked: { target: ".Ended.Revoked", actions: { type: "end", params: { as: "Revoked" } } },
    Completed: { target: ".Ended.Completed", actions: { type: "end", params: { as: "Completed" } } },
    Sent: { target: ".Ended.Sent", actions: { type: "end", params: { as: "Sent" } } },
    Canceled: { target: ".Ended.Canceled", actions: { type: "end", params: { as: "Canceled" } } },
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
        Composing: { target: "Composing", actions: "reach" },
      },
    },
    Invited: {
      description: "Offered to the agent until the server revokes it.",
      on: {
        Invited: { actions: "reach" },
        Accepted: { target: "Accepted", actions: "reach" },
        Composing: { target: "Composing", actions: "reach" },
      },
    },
    Accepted: {
      description: "The agent handles it.",
      on: {
        Invited: { description: "Late: it has been accepted." },
        Accepted: { actions: "reach" },
        Composing: { target: "Composing", actions: "reach" },
      },
    },
    Composing: {
      description: "An outbound reply that the agent writes.",
      on: {
        Invited: { description: "Late: it is being written." },
        Accepted: { target: "Accepted", actions: "reach" },
        Composing: { actions: "reach" },
      },
    },
    Ended: {
      description: "Only answers to pending operations still count.",
      tags: ["ended"],
      initial: "Gone",
      on: {
        Invited: { description: "Late: only the server's list can offer it again." },
        Accepted: { description: "Late: it has ended." },
        Composing: { description: "Late: it has ended." },
        PropertiesChanged: { description: "Late: it has ended." },
        StateUnknown: { description: "Late: it has ended." },
        Revoked: { description: "Late: the first ending counts." },
        Completed: { description: "Late: the first ending counts." },
        Sent: { description: "Late: the first ending counts." },
        Canceled: { description: "Late: the first ending counts." },
        Missing: { description: "Late: the first ending counts." },
        OperationConfirmed: { description: "Only the answer shows what caused the end." },
      },
      states: {
        Revoked: { description: "The server took it away." },
        Completed: { description: "Processing ended." },
        Sent: { description: "The outbound reply was sent." },
        Canceled: { description: "The outbound reply was discarded." },
        Gone: { description: "The server's list no longer has it." },
      },
    },
  },
});
