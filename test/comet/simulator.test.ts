import { onTestFinished } from "vitest";
import { createSimulator } from "../../src/simulator/index.ts";
import { handClock } from "../simulator/hand-clock.ts";
import { testComet } from "./comet-behaviour.ts";

testComet(
  async ({ timeout = 10_000, maxInterval = 10_000 }) => {
    const clock = handClock();
    const simulator = createSimulator({ clock, comet: { timeout, maxInterval } });
    onTestFinished(() => simulator.stop());
    await simulator.start();
    const [agent] = simulator.agents;
    return {
      url: simulator.url,
      credentials: agent!,
      deliver: (data) => simulator.notify(agent!.user, "/v2/me/interactions", data),
      pass: (ms) => clock.advance(ms),
    };
  },
  {
    replacedConnect: 500,
    findsSessionWithoutCookie: false,
    adviceOnUnknownSubscribe: undefined,
    advisesOnHandshake: true,
    offersAcksUnasked: false,
    connectInBatch: "immediately, with advice",
    malformed: {
      "": 400,
      "{": 400,
      "7": 400,
      null: 400,
      "{}": 400,
      "[]": 400,
      "[null]": 400,
      "[[]]": 400,
      "[{}]": 400,
      '[{"channel":7}]': 400,
    },
  },
);
