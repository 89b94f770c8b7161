import { gws851 } from "deskstate/gws";
import {
  channelMachine,
  chatMachine,
  connectionMachine,
  emailMachine,
  type ChannelContext,
  type ChannelEvent,
  type ConnectionContext,
  type ConnectionFact,
  type InteractionContext,
  type InteractionEvent,
} from "deskstate/machines";
import type { StateValue } from "xstate";
import { createTestModel } from "xstate/graph";
import { channelFacts, connectionFacts, interactionFacts } from "./facts.ts";

/*
 * The charts as models for tests: which facts they are fed, with what in them, and when. A fact is left out only where
 * a desk cannot come by it: an answer without a request, or a request for what is not granted.
 */

/** Returns the content of a state of a chart, without the keys of operations, so that there are finitely many. */
function shape(snapshot: { readonly value: StateValue; readonly context: object }): string {
  const {
    pending,
    settled: _,
    ...rest
  } = { pending: [], settled: [], ...snapshot.context } as Partial<Context>;
  return JSON.stringify([
    snapshot.value,
    rest,
    pending?.map(({ operation, phase }) => `${operation} ${phase}`),
  ]);
}

type Context = InteractionContext & ChannelContext & ConnectionContext;
type Sent = Extract<InteractionEvent, { type: "OperationSent" }>;
type Answer = Exclude<Extract<InteractionEvent, { key: number }>, Sent>;

const answers: readonly Answer[] = [
  interactionFacts.OperationAcknowledged,
  interactionFacts.OperationRefused,
  interactionFacts.OperationUnanswered,
  interactionFacts.OperationConfirmed,
  interactionFacts.OperationExpired,
  { ...interactionFacts.OperationExpired, outcome: "LinkLost" },
];

/** The operation as the desk reports it to its chart. */
function sent(channel: "email" | "chat" | "channel", operation: string): Sent {
  const { channel: readiness, interaction } = gws851.rules;
  const rule = (channel === "channel" ? readiness : interaction.get(channel))!.get(operation)!;
  const { endsAs, supersedes } = rule;
  const isSeenByChart = isSeen(rule.confirmedBy);
  // What the desk sees in the data is one and the same to a chart.
  const confirmedBy = isSeenByChart ? rule.confirmedBy : ({ by: "data", shows: "record" } as const);
  return { type: "OperationSent", key: 1, operation, confirmedBy, endsAs, supersedes };
}

/** Whether a chart sees by itself what confirms the operation. */
function isSeen({ by }: Sent["confirmedBy"]): boolean {
  return by === "ending" || by === "state";
}

/** Whether a desk can report this about the pending operation. */
function canAnswer({ pending }: Pick<Context, "pending">, fact: Answer, hasEnded: boolean): boolean {
  const [underWay] = pending;
  if (underWay === undefined) return false;
  if (fact.type === "OperationConfirmed") return !isSeen(underWay.confirmedBy) && !hasEnded;
  return fact.type === "OperationExpired" || underWay.phase === "sent";
}

const interactionEvents: readonly InteractionEvent[] = [
  ...Object.values(interactionFacts).filter((fact) => !("key" in fact)),
  { type: "PropertiesChanged" },
  { type: "Accepted", capabilities: ["AttachUserData", "SingleStepTransfer"] },
  ...answers,
];

function canHappen({ context }: { context: InteractionContext }, event: InteractionEvent): boolean {
  if (!("key" in event)) return true;
  const hasEnded = context.ending !== null;
  if (event.type !== "OperationSent") return canAnswer(context, event, hasEnded);
  return !hasEnded && context.pending.length === 0 && context.capabilities.includes(event.operation);
}

export const emailModel = createTestModel(emailMachine, {
  events: [
    ...interactionEvents,
    ...["Accept", "Reject", "AttachUserData", "StopProcessing", "Send"].map((name) => sent("email", name)),
  ],
  filterEvents: canHappen,
  serializeState: shape,
});

export const chatModel = createTestModel(chatMachine, {
  events: [
    ...interactionEvents,
    ...["Accept", "AttachUserData", "StopProcessing", "SingleStepTransfer"].map((name) => sent("chat", name)),
  ],
  filterEvents: canHappen,
  serializeState: shape,
});

const channelEvents: readonly ChannelEvent[] = [
  ...Object.values(channelFacts).filter((fact) => !("key" in fact)),
  { ...channelFacts.NotReady, reason: null },
  ...answers,
  sent("channel", "Ready"),
  sent("channel", "NotReady"),
];

export const channelModel = createTestModel(channelMachine, {
  events: channelEvents,
  filterEvents: ({ value, context }, event) => {
    if (!("key" in event)) return true;
    if (event.type !== "OperationSent") return canAnswer(context, event, false);
    const [underWay] = context.pending;
    const isReady = underWay === undefined && value === "Ready";
    return event.operation === "NotReady" || !(isReady || underWay?.operation === "Ready");
  },
  serializeState: shape,
});

const connectionEvents: readonly ConnectionFact[] = [
  ...Object.values(connectionFacts),
  { type: "Connected", isAcknowledging: false },
  { type: "Lost", lossReason: "session-lost" },
  { type: "Stop", reason: "authentication-failed" },
];

export const connectionModel = createTestModel(connectionMachine, {
  events: connectionEvents,
  // Failures are counted without an end.
  filterEvents: ({ context }, event) => event.type !== "Lost" || context.failures < 3,
  serializeState: shape,
});
