import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import cometd from "cometd-nodejs-server";
import ackExtension from "cometd-nodejs-server/ack-extension.js";
import { onTestFinished, vi } from "vitest";
import { testComet } from "./comet-behaviour.ts";

testComet(
  async ({ timeout = 10_000, maxInterval = 10_000 }) => {
    // The server has no clock of its own that can be given.
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "Date"] });
    onTestFinished(() => void vi.useRealTimers());
    const comet = cometd.createCometDServer({
      timeout,
      maxInterval,
      sweepPeriod: 100,
      maxSessionsPerBrowser: -1,
    });
    comet.addExtension(new ackExtension.AcknowledgedMessagesExtension());
    const server = createServer((request, response) => comet.handle(request, response));
    onTestFinished(() => {
      comet.close();
      server.closeAllConnections();
      server.close();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return {
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      deliver: (data) => comet.createServerChannel("/v2/me/interactions").publish(null, data),
      pass: async (ms) => void (await vi.advanceTimersByTimeAsync(ms)),
    };
  },
  {
    replacedConnect: 500,
    findsSessionWithoutCookie: false,
    adviceOnUnknownSubscribe: undefined,
    advisesOnHandshake: true,
    offersAcksUnasked: false,
    connectInBatch: "immediately, without advice",
    malformed: {
      "": 400,
      "{": 400,
      "7": 400,
      null: 400,
      "{}": 400,
      "[]": 400,
      "[null]": 400,
      "[[]]": 200,
      "[{}]": 200,
      '[{"channel":7}]': 200,
    },
  },
);
