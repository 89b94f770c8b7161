import { assign, setup } from "xstate";
import { defineKind, scalar, standardKinds } from "../../../src/index.ts";
import { extendDialect, gws851 } from "../../../src/links/gws/index.ts";
import {
  afterEnding,
  afterOperation,
  afterState,
  afterUpdate,
  newInteraction,
  type InteractionContext,
  type InteractionEvent,
  type LifecycleFact,
  type OperationFact,
} from "../../../machines/index.ts";

/** The life of a survey that an agent is asked to take: offered, taken, answered. */
const surveyMachine = setup({
  types: { context: {} as InteractionContext, events: {} as InteractionEvent },
  actions: {
    update: assign(({ context, event }) => afterUpdate(context, event as LifecycleFact)),
    reach: assign(({ context, event }) => afterState(context, event as LifecycleFact)),
    complete: assign(({ context }) => afterEnding(context, "Completed")),
    revoke: assign(({ context }) => afterEnding(context, "Revoked")),
    lose: assign(({ context }) => afterEnding(context, "Gone")),
    operate: assign(({ context, event }) => afterOperation(context, event as OperationFact)),
  },
}).createMachine({
  id: "survey",
  context: newInteraction,
  initial: "Unknown",
  on: {
    PropertiesChanged: { actions: "update" },
    StateUnknown: { actions: "update" },
    Revoked: { target: ".Ended.Revoked", actions: "revoke" },
    Completed: { target: ".Ended.Completed", actions: "complete" },
    Missing: { target: ".Ended.Gone", actions: "lose" },
    OperationSent: { actions: "operate" },
    OperationAcknowledged: { actions: "operate" },
    OperationRefused: { actions: "operate" },
    OperationUnanswered: { actions: "operate" },
    OperationConfirmed: { actions: "operate" },
    OperationExpired: { actions: "operate" },
  },
  states: {
    Unknown: {
      on: {
        Invited: { target: "Invited", actions: "reach" },
        Accepted: { target: "Accepted", actions: "reach" },
      },
    },
    Invited: { on: { Invited: { actions: "reach" }, Accepted: { target: "Accepted", actions: "reach" } } },
    Accepted: { on: { Accepted: { actions: "reach" } } },
    Ended: {
      tags: ["ended"],
      initial: "Gone",
      on: {
        PropertiesChanged: {},
        StateUnknown: {},
        Revoked: {},
        Completed: {},
        Missing: {},
        OperationConfirmed: {},
      },
      states: { Revoked: {}, Completed: {}, Gone: {} },
    },
  },
});

const text = (value: unknown) => (typeof value === "string" ? value : undefined);
const number = (value: unknown) => (typeof value === "number" ? value : undefined);

/** A kind of interaction that the library does not know: a question, and the grade that was given. */
const survey = defineKind({
  name: "survey",
  channels: ["feedback"],
  machine: surveyMachine,
  fields: {
    /** The question to the customer. */
    question: scalar("customer", (raw) => text(raw["question"])),
    /** 1 to 5, once it was given. */
    grade: scalar("number", (raw) => number(raw["grade"])),
  },
  evidence: {
    /** The server shows the grade that was asked for. */
    grade: ({ record, parameters }) => record.grade === parameters["grade"],
  },
});

export const kinds = [...standardKinds, survey] as const;

/** 8.5.1, with what can be asked about a survey. */
export const dialect = extendDialect(gws851, {
  survey: {
    Accept: { confirmedBy: { by: "state", state: "Accepted" }, takes: [], excludes: ["Reject"] },
    Reject: { confirmedBy: { by: "ending" }, endsAs: "Rejected", excludes: "all" },
    Grade: {
      confirmedBy: { by: "data", shows: "grade" },
      capability: "GradeSurvey",
      operationName: "GiveGrade",
      parameters: { grade: { kind: "count", presence: "required" } },
    },
    StopProcessing: { confirmedBy: { by: "ending" }, endsAs: "Completed", excludes: "all" },
  },
});
