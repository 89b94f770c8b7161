import { type UserDataValue, liveLegs, takenLegs } from "./interaction.ts";
import { endInteraction, endLeg, notifyChange } from "./legs.ts";
import { type Operation, type OperationCall, type Refusal, isObject, missing } from "./operation.ts";
import { enqueue, offerTo, withdrawOffer } from "./router.ts";
import { leaveAsAgent } from "./transcript.ts";
import { findTarget, isRoutedQueue } from "./transfer-target.ts";

function reject({ center, leg }: OperationCall): undefined {
  withdrawOffer(center, leg, center.behaviour.afterReject);
}

function stopProcessing({ center, leg }: OperationCall): undefined {
  leaveAsAgent(center, leg);
  endLeg(center, leg, center.behaviour.afterStopProcessing);
  if (liveLegs(leg.interaction).length === 0) endInteraction(center, leg.interaction, "Completed");
}

function writeUserData({ center, leg, body }: OperationCall): Refusal | undefined {
  const { userData } = body;
  if (!isObject(userData)) return missing("userData", "an object of keys and values");
  const entries = Object.entries(userData);
  if (!entries.every((entry): entry is [string, UserDataValue] => isUserDataValue(entry[1]))) {
    return missing("userData", "values that are strings, numbers, booleans or null");
  }
  for (const [key, value] of entries) leg.interaction.userData.set(key, value);
  notifyChange(center, takenLegs(leg.interaction));
  return undefined;
}

function isUserDataValue(value: unknown): value is UserDataValue {
  return value === null || ["string", "number", "boolean"].includes(typeof value);
}

function deleteUserData({ center, leg, body }: OperationCall): Refusal | undefined {
  const { keys } = body;
  if (!Array.isArray(keys) || keys.length === 0 || !keys.every((key) => typeof key === "string")) {
    return missing("keys", "a list of user data keys");
  }
  for (const key of keys as string[]) leg.interaction.userData.delete(key);
  notifyChange(center, takenLegs(leg.interaction));
  return undefined;
}

function placeInWorkbin({ center, leg }: OperationCall): undefined {
  leaveAsAgent(center, leg);
  endLeg(center, leg, center.behaviour.afterPlaceInWorkbin);
  if (liveLegs(leg.interaction).length === 0) leg.interaction.place = "InWorkbin";
}

function transfer({ center, leg, body }: OperationCall): Refusal | undefined {
  const target = findTarget(center, leg, body);
  if ("refusal" in target) return target.refusal;
  const { interaction } = leg;
  leaveAsAgent(center, leg);
  endLeg(center, leg, center.behaviour.afterTransfer);
  if ("agent" in target) {
    offerTo(center, interaction, target.agent);
    return undefined;
  }
  interaction.queue = target.queue;
  if (liveLegs(interaction).length > 0) return undefined;
  interaction.skippedUntil.set(leg.agent.user, center.clock.now() + center.behaviour.reofferPause);
  if (isRoutedQueue(leg, target.queue)) enqueue(center, interaction);
  else interaction.place = "Parked";
  return undefined;
}

/** The operations that emails and chats have in common, by `operationName`. */
export const sharedOperations: ReadonlyMap<string, Operation> = new Map([
  ["Reject", { capability: "Reject", run: reject }],
  ["StopProcessing", { capability: "StopProcessing", run: stopProcessing }],
  // The 8.5.1 page calls it Complete, the 8.5.0 page StopProcessing; the capability has one name.
  ["Complete", { capability: "StopProcessing", run: stopProcessing }],
  ["UpdateUserData", { capability: "UpdateUserData", run: writeUserData }],
  ["AttachUserData", { capability: "AttachUserData", run: writeUserData }],
  ["DeleteUserData", { capability: "DeleteUserData", run: deleteUserData }],
  ["PlaceInWorkbin", { capability: "PlaceInWorkbin", run: placeInWorkbin }],
  ["Transfer", { capability: "SingleStepTransfer", run: transfer }],
  ["SingleStepTransfer", { capability: "SingleStepTransfer", run: transfer }],
  // No capability of its own was recorded; an agent that may transfer may put back.
  ["PlaceInQueue", { capability: "SingleStepTransfer", run: transfer }],
]);
