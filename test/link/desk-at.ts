import { onTestFinished } from "vitest";
import { createDesk, type Desk, type DeskOptions } from "../../src/index.ts";
import { seededRandom } from "../../src/domain/random.ts";
import { gws, type GwsOptions } from "../../src/links/gws/index.ts";
import type { CountingClock } from "./fast-clock.ts";
import { countingClock, pacedClock } from "./paced-clock.ts";

/** A desk and its history. */
export interface DeskAt {
  readonly desk: Desk;
  readonly clock: CountingClock;
  /** The states of the connection in their order, with the reason of each loss. */
  readonly states: string[];
  /** The codes of the anomalies so far. */
  readonly anomalyCodes: () => string[];
}

/** Creates a desk at this address, with about ten times the speed of the machine's clock. It is stopped after the test. */
export function deskAt(url: string, options: Partial<GwsOptions> & Partial<DeskOptions> = {}): DeskAt {
  const time = pacedClock(12);
  const clock = countingClock(time);
  const random = seededRandom(7);
  const { credentials = { user: "agent1", password: "secret-agent1" }, inspect, ...more } = options;
  const link = gws({ url, credentials, requestTimeout: 20_000, handshakeSpread: 0, clock, random, ...more });
  const desk = createDesk({ link, clock, random, ...(inspect === undefined ? {} : { inspect }) });
  const states: string[] = [];
  desk.connection.subscribe(({ state, lossReason }) => {
    const now = state === "Recovering" ? `${state}: ${lossReason}` : state;
    if (states.at(-1) !== now) states.push(now);
  });
  onTestFinished(async () => {
    await desk.stop();
    time.end();
  });
  return { desk, clock, states, anomalyCodes: () => desk.anomalies.getSnapshot().map(({ code }) => code) };
}

/** An email as a list or a notification has it. */
export function email(id: string, state = "Invited", more: object = {}): object {
  const capabilities =
    state === "Invited" ? ["Accept", "Reject"] : ["Reply", "StopProcessing", "UpdateUserData"];
  return { id, channel: "email", state, capabilities, messageType: "InteractionStateMessage", ...more };
}
