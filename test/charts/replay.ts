import {
  createDesk,
  type ServerAnswer,
  type Fact,
  type LinkListener,
  type OperationOutcome,
  type Reading,
} from "deskstate";
import { gws851 } from "deskstate/gws";
import type { ChannelEvent, ConnectionFact, InteractionEvent } from "deskstate/machines";
import { createActor, type AnyActor, type AnyStateMachine, type EventObject } from "xstate";
import { handClock } from "../simulator/hand-clock.ts";
import { handDesk, settle, type HandDesk } from "../desk/hand-desk.ts";

/** A desk and a chart that are fed the same, to be compared after each step. */
export interface Replay<Event extends EventObject> {
  /** Feeds the chart, and brings the same to the desk by its link, its clock or its user. */
  readonly feed: (event: Event) => Promise<void>;
  /** Returns what the desk shows. */
  readonly desk: () => object;
  /** Returns what it should show according to the chart. */
  readonly chart: () => object;
}

/** Whether the desk runs its charts for an inspector or only for itself. */
export type Audience = "inspected" | "alone";

const operationTimeout = 5000;
const recoveryTimeout = 12_000;
const id = "one";

const parameters: Readonly<Record<string, object>> = {
  Send: { text: "It is on its way." },
  SingleStepTransfer: { queueName: "Complaints" },
};

const answers: Readonly<Record<string, ServerAnswer>> = {
  OperationAcknowledged: { kind: "acknowledged" },
  OperationRefused: { kind: "refused", code: 4, message: "No." },
  OperationUnanswered: { kind: "unanswered" },
};

/** The life of an email or a chat. */
export async function replayInteraction(
  channel: "email" | "chat",
  machine: AnyStateMachine,
  audience: Audience,
): Promise<Replay<InteractionEvent>> {
  const hand = await handDeskFor(audience);
  const actor = createActor(machine).start();
  const outcomes: string[] = [];
  const listed = [{ id, channel }];
  const notify = (
    change: Extract<Fact, { about: "interaction" }>["change"],
    capabilities?: readonly string[],
  ) => {
    const known = change === "PropertiesChanged" && capabilities === undefined ? { userData } : {};
    const fact = { about: "interaction", id, channel, change, state: undefined, known } as const;
    hand.sink().onFacts([{ ...fact, capabilities }]);
  };
  let userData: object = { Subject: "Help" };
  hand.list.interactions = listed;
  notify("PropertiesChanged");
  const interaction = hand.desk.interaction(id)!;
  const settled = settledBy(actor);
  return {
    feed: async (event) => {
      actor.send(event);
      hand.list.interactions = actor.getSnapshot().hasTag("ended") ? [] : listed;
      if (event.type === "Missing") await hand.regainLink();
      else if (event.type === "OperationConfirmed") {
        userData = { ...(hand.asked.at(-1)?.parameters["userData"] as object) };
        notify("PropertiesChanged");
      } else if (event.type === "OperationSent") {
        const given = {
          AttachUserData: { userData: { [`key ${outcomes.length}`]: "value" } },
          ...parameters,
        };
        perform(interaction.actions, event.operation, given, outcomes);
      } else if ("key" in event) await answer(hand, event);
      else notify(event.type, event.capabilities);
      await settle();
    },
    desk: () => {
      const { state, isEnded, outcome, capabilities, pending } = interaction;
      const { interactions, invitations, ended } = hand.desk;
      const lists = [interactions, invitations, ended].map((list) => list.getSnapshot().length);
      return { state, isEnded, outcome, capabilities, pending, lists, outcomes };
    },
    chart: () => {
      const snapshot = actor.getSnapshot();
      const { outcome, capabilities, pending } = snapshot.context;
      const isEnded = snapshot.hasTag("ended");
      const state = isEnded ? snapshot.value.Ended : snapshot.value;
      const lists = [!isEnded, state === "Invited", isEnded].map(Number);
      return { state, isEnded, outcome, capabilities, pending: names(pending), lists, outcomes: settled };
    },
  };
}

/** The readiness of a channel. */
export async function replayChannel(
  machine: AnyStateMachine,
  audience: Audience,
): Promise<Replay<ChannelEvent>> {
  const hand = await handDeskFor(audience);
  const actor = createActor(machine).start();
  const channel = hand.desk.channel("chat");
  const outcomes: string[] = [];
  const settled = settledBy(actor);
  return {
    feed: async (event) => {
      actor.send(event);
      if (event.type === "OperationSent") perform(channel.actions, event.operation, {}, outcomes);
      else if ("key" in event) await answer(hand, event);
      else {
        const { type: change, reason, doNotDisturb } = event;
        hand
          .sink()
          .onFacts([{ about: "channel", channel: "chat", change, state: undefined, reason, doNotDisturb }]);
      }
      await settle();
    },
    desk: () => {
      const { state, reason, doNotDisturb, pending } = channel;
      return { state, reason, doNotDisturb, pending, outcomes };
    },
    chart: () => {
      const { value, context } = actor.getSnapshot();
      const { reason, doNotDisturb, pending } = context;
      return { state: value, reason, doNotDisturb, pending: names(pending), outcomes: settled };
    },
  };
}

/** The connection of a desk that is not started yet. */
export function replayConnection(machine: AnyStateMachine, audience: Audience): Replay<ConnectionFact> {
  const readings: ((reading: Reading) => void)[] = [];
  const actor = createActor(machine).start();
  let sink: LinkListener | undefined;
  const desk = createDesk({
    link: {
      rules: gws851.rules,
      connect: (given) => (sink = given),
      disconnect: () => Promise.resolve(),
      readList: () => new Promise((resolve) => readings.push(resolve)),
      perform: () => Promise.resolve({ kind: "unanswered" }),
    },
    clock: handClock(),
    random: () => 0.5,
    ...inspection(audience),
  });
  return {
    feed: async (event) => {
      actor.send(event);
      if (event.type === "Start") void desk.start().catch(() => {});
      else if (event.type === "Connected") sink?.onConnected(event);
      else if (event.type === "CaughtUp") {
        for (const read of readings.splice(0))
          read({ kind: "read", facts: [], anomalies: [], ids: new Set() });
      } else if (event.type === "Lost") sink?.onDisconnected(event.lossReason);
      else if (event.reason === "stop") void desk.stop();
      else sink?.onStopped(event.reason);
      await settle();
    },
    desk: () => desk.connection.getSnapshot(),
    chart: () => ({ state: actor.getSnapshot().value, ...actor.getSnapshot().context }),
  };
}

function inspection(audience: Audience): { inspect?: () => void } {
  return audience === "inspected" ? { inspect: () => {} } : {};
}

function handDeskFor(audience: Audience): Promise<HandDesk> {
  return handDesk({ operationTimeout, recoveryTimeout, ...inspection(audience) });
}

function perform(
  actions: object,
  operation: string,
  given: Readonly<Record<string, object>>,
  outcomes: string[],
): void {
  const action = (actions as Record<string, (parameters?: object) => Promise<OperationOutcome>>)[operation];
  if (action === undefined) throw new Error(`The desk does not offer ${operation}.`);
  void action(given[operation]).then(({ outcome }) => outcomes.push(outcome));
}

async function answer(hand: HandDesk, event: { type: string; outcome?: string }): Promise<void> {
  const given = answers[event.type];
  if (given !== undefined) return hand.asked.at(-1)!.answer(given);
  if (event.outcome === "LinkLost") hand.loseLink();
  hand.clock.advance(operationTimeout);
  await settle();
  if (event.outcome !== "LinkLost") return;
  hand.clock.advance(recoveryTimeout);
  await hand.regainLink();
}

/** The outcomes that the chart gave to operations so far. */
function settledBy(actor: AnyActor): string[] {
  const settled: string[] = [];
  let before: object | undefined;
  actor.subscribe(({ context }: { context: { settled: readonly { outcome: string }[] } }) => {
    // A fact that was ignored leaves the context as it is.
    if (context !== before) settled.push(...context.settled.map(({ outcome }) => outcome));
    before = context;
  });
  return settled;
}

function names(pending: readonly { operation: string }[]): string[] {
  return pending.map(({ operation }) => operation);
}
