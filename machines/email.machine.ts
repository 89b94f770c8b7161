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
 * It receives what the server says and what became of the agent's operations, never wishes. An operation under way
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
    note: assign(({ context, event }) => afterOperation(context, event as OperationFact)),
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
    OperationSent: { actions: "note" },
    OperationAcknowledged: { actions: "note" },
    OperationRefused: { actions: "note" },
    OperationUnanswered: { actions: "note" },
    OperationConfirmed: { actions: "note" },
    OperationExpired: { actions: "note" },
  },
  states: {
    Unknown: {
      description: "Heard of, but the server has not told a state that is known.",
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
        Invited: { description: "It was accepted already: the offer is a repeat, or late." },
        Accepted: { actions: "reach" },
        Composing: { target: "Composing", actions: "reach" },
      },
    },
    Composing: {
      description: "An outbound reply that the agent writes.",
      on: {
        Invited: { description: "It is being written already: the offer is a repeat, or late." },
        Accepted: { target: "Accepted", actions: "reach" },
        Composing: { actions: "reach" },
      },
    },
    Ended: {
      description: "Over. Only the answers to operations that were under way still count.",
      tags: ["ended"],
      initial: "Gone",
      on: {
        Invited: {
          description: "Late. If it is offered again, the server's list says so and a new life begins.",
        },
        Accepted: { description: "Late: it has ended." },
        Composing: { description: "Late: it has ended." },
        PropertiesChanged: { description: "Late: it has ended." },
        StateUnknown: { description: "Late: it has ended." },
        Revoked: { description: "It has ended already; the first ending counts." },
        Completed: { description: "It has ended already; the first ending counts." },
        Sent: { description: "It has ended already; the first ending counts." },
        Canceled: { description: "It has ended already; the first ending counts." },
        Missing: { description: "It has ended already; the first ending counts." },
        OperationConfirmed: {
          description: "What the end itself shows does not tell who caused it; the answer does.",
        },
      },
      states: {
        Revoked: { description: "The server took it away." },
        Completed: { description: "Processing ended." },
        Sent: { description: "The outbound reply was sent." },
        Canceled: { description: "The outbound reply was discarded." },
        Gone: { description: "The server's own list does not have it any more." },
      },
    },
  },
});
