import { onTestFinished } from "vitest";
import {
  createDesk,
  type Desk,
  type Link,
  type LinkListener,
  type OperationRequest,
} from "../../src/index.ts";
import { recorded } from "../../src/recording/index.ts";

/** A desk that is Live without a server; it receives only what the test delivers. */
export interface LiveDesk {
  readonly desk: Desk;
  readonly sink: LinkListener;
  /** The requests to the server, which does not exist and acknowledges each of them. */
  readonly requests: readonly OperationRequest[];
  /** Delivers a notification about an interaction. */
  readonly deliver: (interaction: Record<string, unknown>) => void;
  /** Delivers the readiness of a channel. */
  readonly ready: (channel: string, state: string) => void;
}

export async function liveDesk(): Promise<LiveDesk> {
  const link = recorded();
  const requests: OperationRequest[] = [];
  let sink: LinkListener | undefined;
  const connected: Link = {
    ...link,
    connect: (listener, channels) => {
      sink = listener;
      link.connect(listener, channels);
    },
    readList: () => Promise.resolve({ kind: "read", facts: [], anomalies: [], ids: new Set() }),
    perform: (request) => {
      requests.push(request);
      return Promise.resolve({ kind: "acknowledged" });
    },
  };
  const desk = createDesk({ link: connected });
  onTestFinished(() => desk.stop());
  const started = desk.start();
  sink!.onConnected({ isAcknowledging: true });
  await started;
  return {
    desk,
    sink: sink!,
    requests,
    deliver: (interaction) =>
      link.deliver([
        { data: { interaction, messageType: "InteractionStateMessage" }, channel: "/v2/me/interactions" },
      ]),
    ready: (channel, state) =>
      link.deliver([{ data: { channels: [{ channel, userState: { state } }] }, channel: "/v2/me/channels" }]),
  };
}

export const offered = ["Accept", "Reject"];
export const taken = {
  email: ["StopProcessing", "Reply", "PlaceInWorkbin"],
  chat: ["StopProcessing", "LeaveChat", "Send"],
};

/** Returns the content of a chat with these events, as the server spells it. */
export function chatContent(...events: readonly Record<string, unknown>[]) {
  return {
    latestEventId: events.length,
    events: events.map((event, index) => ({ id: index + 1, ...event })),
  };
}
