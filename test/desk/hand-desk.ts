import {
  createDesk,
  type ServerAnswer,
  type Desk,
  type DeskOptions,
  type Link,
  type LinkListener,
  type OperationRequest,
  type Reading,
} from "deskstate";
import { gws851 } from "deskstate/gws";
import { handClock, type HandClock } from "../simulator/hand-clock.ts";

/** A request that the desk made and the test has not answered yet. */
export interface Asked extends OperationRequest {
  readonly answer: (answer: ServerAnswer) => Promise<void>;
}

/** A desk whose server, clock and chance are in the hands of the test. */
export interface HandDesk {
  readonly desk: Desk;
  readonly clock: HandClock;
  readonly asked: Asked[];
  /** Delivers the `data` of notifications on the interactions topic. */
  readonly notify: (...data: object[]) => void;
  /** Delivers whole elements of a Bayeux array. */
  readonly deliver: (...elements: unknown[]) => void;
  /** The server's list from now on. */
  readonly list: { interactions: object[]; channels: object[]; fails: boolean; reads: number };
  /** Keeps the answers to list readings back until the function it gives is called. */
  readonly holdReadings: () => () => Promise<void>;
  readonly sink: () => LinkListener;
  readonly loseLink: () => void;
  readonly regainLink: () => Promise<void>;
  /** Lets the desk read the list that it wants to look something up in; it waits a second between readings. */
  readonly lookUp: () => Promise<void>;
  /** Lets promises that can settle do so. */
  readonly settle: () => Promise<void>;
}

export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}

/** Creates one, Live by default. */
export async function handDesk(options: Partial<DeskOptions> & { isLive?: boolean } = {}): Promise<HandDesk> {
  const clock = handClock();
  const asked: Asked[] = [];
  const list = { interactions: [] as object[], channels: [] as object[], fails: false, reads: 0 };
  let sink: LinkListener | undefined;
  let held: (() => void)[] | undefined;
  const read = (): Reading => {
    if (list.fails) return { kind: "failed" };
    const contents = gws851.lists.map((one) =>
      one.read({ statusCode: 0, interactions: list.interactions, channels: list.channels }),
    );
    return {
      kind: "read",
      facts: contents.flatMap((content) => content?.facts ?? []),
      anomalies: contents.flatMap((content) => content?.anomalies ?? []),
      ids: new Set(contents.flatMap((content) => content?.ids ?? [])),
    };
  };
  const link: Link = {
    rules: gws851.rules,
    connect: (listener) => {
      sink = listener;
    },
    disconnect: () => Promise.resolve(),
    readList: () => {
      list.reads++;
      const reading = read();
      return held === undefined
        ? Promise.resolve(reading)
        : new Promise((resolve) => held?.push(() => resolve(reading)));
    },
    perform: (request) =>
      new Promise((resolve) => {
        asked.push({
          ...request,
          answer: async (answer) => {
            resolve(answer);
            await settle();
          },
        });
      }),
  };
  const desk = createDesk({ link, clock, random: () => 0.5, ...options });
  void desk.start().catch(() => {});
  const currentSink = () => {
    if (sink === undefined) throw new Error("The desk was not started.");
    return sink;
  };
  const deliver = (...elements: unknown[]) => {
    for (const element of elements) {
      const { facts, anomalies } = gws851.decode(element);
      for (const anomaly of anomalies) currentSink().onAnomaly(anomaly);
      currentSink().onFacts(facts);
    }
  };
  const regainLink = async () => {
    currentSink().onConnected({ isAcknowledging: true });
    await settle();
  };
  if (options.isLive !== false) await regainLink();
  return {
    desk,
    clock,
    asked,
    list,
    deliver,
    notify: (...data) => deliver(...data.map((one) => ({ channel: "/v2/me/interactions", data: one }))),
    holdReadings: () => {
      const answers: (() => void)[] = [];
      held = answers;
      return async () => {
        held = undefined;
        for (const answer of answers) answer();
        await settle();
      };
    },
    sink: currentSink,
    loseLink: () => currentSink().onDisconnected("network"),
    regainLink,
    lookUp: async () => {
      await settle();
      clock.advance(1000);
      await settle();
    },
    settle,
  };
}

const emailCapabilities = [
  "StopProcessing",
  "UpdateUserData",
  "AttachUserData",
  "DeleteUserData",
  "PlaceInWorkbin",
  "SingleStepTransfer",
  "Reply",
  "ReplyAll",
];
const chatCapabilities = [
  "StopProcessing",
  "UpdateUserData",
  "AttachUserData",
  "DeleteUserData",
  "PlaceInWorkbin",
  "SingleStepTransfer",
  "LeaveChat",
  "EndChatSession",
  "SingleStepConference",
  "RequestChatHistory",
  "Send",
];

/** An email as a notification's data, in the recorded capabilities. */
export function email(id: string, state: string, more: object = {}): object {
  return message(id, "email", state, emailCapabilities, more);
}

/** A chat as a notification's data, in the recorded capabilities. */
export function chat(id: string, state: string, more: object = {}): object {
  return message(id, "chat", state, chatCapabilities, more);
}

function message(id: string, channel: string, state: string, accepted: string[], more: object): object {
  const capabilities = state === "Invited" ? ["Accept", "Reject"] : state === "Accepted" ? accepted : [];
  const granted = state === "PropertiesChanged" ? {} : { capabilities };
  return {
    messageType: "InteractionStateMessage",
    id,
    channel,
    state,
    ...granted,
    userData: { Subject: "Help" },
    ...more,
  };
}

/** The content of a chat with these events; the customer is `c`, the agent `a`. */
export function transcript(latestEventId: number, ...events: object[]): object {
  return { content: { latestEventId, sessionId: "s", events } };
}

export const joined = [
  { id: 1, messageType: "PARTY_JOINED", userId: "c", userType: "Client", nickName: "Mia", visibility: "All" },
  { id: 2, messageType: "PARTY_JOINED", userId: "a", userType: "Agent", nickName: "Ana", visibility: "All" },
];

export function said(id: number, userId: string, text: string): object {
  return { id, messageType: "MESSAGE", userId, text, visibility: "All" };
}
