import { onTestFinished } from "vitest";
import { createDesk, type Desk, type DeskOptions } from "../../src/index.ts";
import { seededRandom } from "../../src/domain/random.ts";
import { gws, type GwsOptions } from "../../src/links/gws/index.ts";
import { fastClock, type CountingClock } from "./fast-clock.ts";

/** A desk and what it went through. */
export interface DeskAt {
  readonly desk: Desk;
  readonly clock: CountingClock;
  /** The states of the connection, one after the other, and why it was lost. */
  readonly states: string[];
  /** The codes of the anomalies so far. */
  readonly anomalyCodes: () => string[];
}

/** Makes a desk at this address whose time runs ten times as fast; it is stopped when the test is over. */
export function deskAt(url: string, options: Partial<GwsOptions> & Partial<DeskOptions> = {}): DeskAt {
  const clock = fastClock(10);
  const random = seededRandom(7);
  const { credentials = { user: "agent1", password: "secret-agent1" }, inspect, ...more } = options;
  const link = gws({ url, credentials, requestTimeout: 20_000, handshakeSpread: 0, clock, random, ...more });
  const desk = createDesk({ link, clock, random, ...(inspect === undefined ? {} : { inspect }) });
  const states: string[] = [];
  desk.connection.subscribe(({ state, lossReason }) => {
    const now = state === "Recovering" ? `${state}: ${lossReason}` : state;
    if (states.at(-1) !== now) states.push(now);
  });
  onTestFinished(() => desk.stop());
  return { desk, clock, states, anomalyCodes: () => desk.anomalies.getSnapshot().map(({ code }) => code) };
}

/** An email as a list or a notification has it. */
export function email(id: string, state = "Invited", more: object = {}): object {
  const capabilities =
    state === "Invited" ? ["Accept", "Reject"] : ["Reply", "StopProcessing", "UpdateUserData"];
  return { id, channel: "email", state, capabilities, messageType: "InteractionStateMessage", ...more };
}
