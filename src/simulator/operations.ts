import {
  type Leg,
  type SimAgent,
  type SimUserDataValue,
  inQueueOf,
  isLive,
  liveLegs,
  takenLegs,
} from "./contact-center.ts";
import { endInteraction, endLeg, leaveAsAgent, notifyChange } from "./legs.ts";
import { enqueue, offerTo, skipAgent, withdrawOffer } from "./router.ts";

/** The reason why an operation was refused; the codes are those of the Genesys page "Return Values". */
export interface Refusal {
  readonly statusCode: number;
  readonly statusMessage: string;
}

/** The JSON object of a request; its fields can have any value. */
export type RequestBody = Readonly<Record<string, unknown>>;

export interface SimOperation {
  /** The capability that the leg must have; in 8.5.1 its name is not always the operation's. */
  readonly capability: string;
  /** Executes the operation, or returns the refusal and changes nothing. */
  readonly run: (leg: Leg, body: RequestBody) => Refusal | undefined;
}

export type SimOperations = Readonly<Record<string, SimOperation>>;

export function missing(parameter: string, what: string): Refusal {
  return { statusCode: 1, statusMessage: `Required parameter '${parameter}' is missing: give ${what}.` };
}

export function notNow(statusMessage: string): Refusal {
  return { statusCode: 2, statusMessage };
}

export function notFound(statusMessage: string): Refusal {
  return { statusCode: 6, statusMessage };
}

/** Returns the first of these parameters that is a string and not empty. */
export function textParameter(body: RequestBody, ...names: readonly string[]): string | undefined {
  const values = names.map((name) => body[name]);
  return values.find((value): value is string => typeof value === "string" && value !== "");
}

export function isJsonObject(value: unknown): value is RequestBody {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The capabilities to edit user data, in the order in which they were recorded. */
export const userDataCapabilities = ["UpdateUserData", "AttachUserData", "DeleteUserData"];

function reject(leg: Leg): undefined {
  withdrawOffer(leg, leg.interaction.center.behaviour.afterReject);
}

/** Ends the part of the agent, who leaves a chat first. Returns whether no agent has the interaction any longer. */
function leave(leg: Leg, state: string): boolean {
  leaveAsAgent(leg);
  endLeg(leg, state);
  return liveLegs(leg.interaction).length === 0;
}

function stopProcessing(leg: Leg): undefined {
  const { interaction } = leg;
  if (leave(leg, interaction.center.behaviour.afterStopProcessing)) endInteraction(interaction, "Completed");
}

function writeUserData({ interaction }: Leg, { userData }: RequestBody): Refusal | undefined {
  if (!isJsonObject(userData)) return missing("userData", "an object of keys and values");
  const entries = Object.entries(userData);
  if (!entries.every((entry): entry is [string, SimUserDataValue] => isUserDataValue(entry[1]))) {
    return missing("userData", "values that are strings, numbers, booleans or null");
  }
  for (const [key, value] of entries) interaction.userData.set(key, value);
  notifyChange(takenLegs(interaction));
  return undefined;
}

function isUserDataValue(value: unknown): value is SimUserDataValue {
  return value === null || ["string", "number", "boolean"].includes(typeof value);
}

function deleteUserData({ interaction }: Leg, { keys }: RequestBody): Refusal | undefined {
  const isList = Array.isArray(keys) && keys.length > 0;
  if (!isList || !keys.every((key): key is string => typeof key === "string")) {
    return missing("keys", "a list of user data keys");
  }
  for (const key of keys) interaction.userData.delete(key);
  notifyChange(takenLegs(interaction));
  return undefined;
}

function placeInWorkbin(leg: Leg): undefined {
  const { interaction } = leg;
  if (leave(leg, interaction.center.behaviour.afterPlaceInWorkbin)) interaction.place = "InWorkbin";
}

function transfer(leg: Leg, body: RequestBody): Refusal | undefined {
  const target = findTarget(leg, body);
  if ("statusCode" in target) return target;
  const { interaction } = leg;
  const isFree = leave(leg, interaction.center.behaviour.afterTransfer);
  if ("agent" in target) {
    offerTo(interaction, target.agent);
    return undefined;
  }
  interaction.queue = target.queue;
  if (!isFree) return undefined;
  skipAgent(leg);
  if (target.queue === inQueueOf(interaction.channel)) enqueue(interaction);
  else interaction.place = "Parked";
  return undefined;
}

/** The queues, all of them named in the recorded messages. */
const queues: ReadonlySet<string> = new Set([
  "SimpleEmailInQueue",
  "SimpleEmailOutQueue",
  "SimpleChatInQueue",
  "SimpleChatTranscriptQueue",
]);

/**
 * Returns the target of an operation. Agents and queues are named by their URI, by the id at its end, or by name,
 * because 8.5.1 pages print `targetUri`, `userUri`, `queueUri` and `queueName` without preferring one.
 */
export function findTarget(
  { interaction }: Leg,
  body: RequestBody,
): { readonly agent: SimAgent } | { readonly queue: string } | Refusal {
  const { center, id: interactionId, channel, legs } = interaction;
  const named = textParameter(body, "targetUri", "userUri", "queueName", "queueUri", "queue");
  if (named === undefined) return missing("targetUri", "the URI of an agent or a queue");
  const name = lastSegment(named);
  const agent = [...center.agents.values()].find(({ id, user }) => id === name || user === name);
  if (agent === undefined) {
    if (queues.has(name)) return { queue: name };
    return notFound("The target is neither an agent nor a queue that exists.");
  }
  const leg = legs.get(agent.user);
  if (leg !== undefined && isLive(leg)) {
    return notNow(`Agent ${agent.user} already has the interaction ${interactionId}.`);
  }
  const isReady = agent.channels.get(channel)?.state === "Ready";
  return isReady ? { agent } : notNow(`Agent ${agent.user} is not Ready for ${channel}.`);
}

function lastSegment(uri: string): string {
  const segment = uri.slice(uri.lastIndexOf("/") + 1);
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** The operations that emails and chats have in common, by `operationName`. */
export const sharedOperations: SimOperations = {
  Reject: { capability: "Reject", run: reject },
  StopProcessing: { capability: "StopProcessing", run: stopProcessing },
  // The 8.5.1 page calls it Complete, the 8.5.0 page StopProcessing; the capability has one name.
  Complete: { capability: "StopProcessing", run: stopProcessing },
  UpdateUserData: { capability: "UpdateUserData", run: writeUserData },
  AttachUserData: { capability: "AttachUserData", run: writeUserData },
  DeleteUserData: { capability: "DeleteUserData", run: deleteUserData },
  PlaceInWorkbin: { capability: "PlaceInWorkbin", run: placeInWorkbin },
  Transfer: { capability: "SingleStepTransfer", run: transfer },
  SingleStepTransfer: { capability: "SingleStepTransfer", run: transfer },
  // No capability of its own was recorded; an agent that may transfer may put back.
  PlaceInQueue: { capability: "SingleStepTransfer", run: transfer },
};
