import type { ConnectionSnapshot, Desk, InteractionSnapshot } from "../index.ts";
import type { BotErrorCode } from "./bot-error.ts";

/*
 * All texts of the errors of bots: what failed, why, what to do. They hold names, states and codes, never what a customer
 * wrote.
 */

/** The subject of a wait, and the state when it failed. */
export interface FailedWait {
  /** Such as `chat 0001`. */
  readonly about: string;
  readonly awaited: string;
  readonly waited: number;
  readonly instead: readonly string[];
  /** The present state, such as `Accepted, connection Live`. */
  readonly now: string;
}

export function waitFailed(code: BotErrorCode, { about, awaited, waited, instead, now }: FailedWait): string {
  const rest = `instead: ${instead.length === 0 ? "nothing" : instead.join("; ")}; now: ${now}.`;
  const wait = `${waited} ms of waiting for ${awaited} on ${about}; ${rest}`;
  const what = failedWaits[code];
  if (what !== undefined) return `${what} after ${wait}`;
  return `Waited ${waited} ms for ${awaited} on ${about}; ${rest}`;
}

const failedWaits: Partial<Record<BotErrorCode, string>> = {
  ended: "It was over",
  "customer-left": "The customer was gone",
  stopped: "The bot was stopped",
};

export const notDone = (about: string, operation: string, outcome: string) =>
  `${operation} on ${about} was not done: ${outcome}.`;

export const noReply = (about: string, operation: string) =>
  `${operation} on ${about} was done, but no reply can be seen.`;

export const noOperation = (about: string, operation: string) =>
  `There is no operation ${operation} on ${about}.`;

export const runaway = (about: string, step: string, calls: number) =>
  `The script of ${about} made ${calls} calls in a row without waiting for anything, the last one ${step}; it was left behind. Does it loop and ignore failures?`;

export const stuck = (about: string, step: string, ms: number) =>
  `The script of ${about} did not come back within ${ms} ms of the end; its last call was ${step}. It was left behind.`;

export const stuckAtStop = (about: string, step: string) =>
  `The script of ${about} did not come back when the bot was stopped; its last call was ${step}. It was left behind.`;

export const cutOff = (about: string, step: string) =>
  `The bot was stopped before the script of ${about} was through; its last call was ${step}.`;

export const threw = (about: string, what: string, step: string | undefined) =>
  `The script of ${about} threw ${what}${step === undefined ? "" : `; its last call was ${step}`}.`;

export const notAScript = (got: string) =>
  `A bot needs a script, an object such as defineBot({ chat: async (chat) => { … } }), but it is ${got}.`;

export const unknownKey = (what: string, key: string, known: readonly string[]) =>
  `${what} has no "${key}". It takes ${known.join(", ")}.`;

export const invalidKey = (what: string, key: string, expected: string, got: string) =>
  `"${key}" of ${what} must be ${expected}, but it is ${got}.`;

export const noWork = (kinds: readonly string[]) =>
  `A script needs work: give at least one of ${kinds.map((name) => `"${name}"`).join(", ")} and "channels".`;

export const invalidBotArgument = (call: string, expected: string, got: string) =>
  `${call} takes ${expected}, but it got ${got}.`;

export const noDecision = (got: string) =>
  `"offered" must give "Accept", "Reject" or "Ignore", but it gave ${got}; the offer is ignored.`;

export function connectionState({ state, lossReason }: ConnectionSnapshot): string {
  return `connection ${state}${lossReason === null ? "" : ` (${lossReason})`}`;
}

export function interactionState(desk: Desk, { state, capabilities }: InteractionSnapshot): string {
  const granted = capabilities.length === 0 ? "nothing" : capabilities.join(", ");
  return `${state}, grants ${granted}, ${connectionState(desk.connection.getSnapshot())}`;
}

export function agentState(desk: Desk, channels: readonly string[]): string {
  const readiness = channels.map((name) => {
    const { state, reason } = desk.channel(name);
    return `${name} ${state}${reason === null ? "" : ` (${reason})`}`;
  });
  return [...readiness, connectionState(desk.connection.getSnapshot())].join(", ");
}
