/*
 * All texts of the errors of bots, in one place: what failed, why, what to do. They hold names, states and codes, never
 * what a customer wrote.
 */

/** What a wait was about, and what was so when it failed. */
export interface Waited {
  /** Such as `chat 0001`. */
  readonly about: string;
  readonly awaited: string;
  readonly waited: number;
  readonly instead: readonly string[];
  /** What is so now, such as `Accepted, connection Live`. */
  readonly now: string;
}

const insteadOf = ({ instead, now }: Waited) =>
  `instead: ${instead.length === 0 ? "nothing" : instead.join("; ")}; now: ${now}`;

export const deadline = (wait: Waited) =>
  `Waited ${wait.waited} ms for ${wait.awaited} on ${wait.about}; ${insteadOf(wait)}.`;

export const ended = (wait: Waited) =>
  `It was over after ${wait.waited} ms of waiting for ${wait.awaited} on ${wait.about}; ${insteadOf(wait)}.`;

export const customerLeft = (wait: Waited) =>
  `The customer was gone after ${wait.waited} ms of waiting for ${wait.awaited} on ${wait.about}; ${insteadOf(wait)}.`;

export const stopped = (wait: Waited) =>
  `The bot was stopped after ${wait.waited} ms of waiting for ${wait.awaited} on ${wait.about}; ${insteadOf(wait)}.`;

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

export const notAScript = (got: string) =>
  `A bot needs a script, an object such as defineBot({ chat: async (chat) => { … } }), but it is ${got}.`;

export const unknownKey = (what: string, key: string, known: readonly string[]) =>
  `${what} has no "${key}". It takes ${known.join(", ")}.`;

export const wrongKey = (what: string, key: string, expected: string, got: string) =>
  `"${key}" of ${what} must be ${expected}, but it is ${got}.`;

export const noWork = () => 'A script needs work: give at least one of "chat", "email" and "channels".';

export const wrongArgument = (call: string, expected: string, got: string) =>
  `${call} takes ${expected}, but it got ${got}.`;

export const threw = (about: string, what: string, step: string | undefined) =>
  `The script of ${about} threw ${what}${step === undefined ? "" : `; its last call was ${step}`}.`;

export const noDecision = (got: string) =>
  `"offered" must give "Accept", "Reject" or "Ignore", but it gave ${got}; the offer is ignored.`;

export const cut = (about: string, step: string) =>
  `The bot was stopped before the script of ${about} was through; its last call was ${step}.`;
