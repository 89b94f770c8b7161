import type { SimAgent } from "./interaction.ts";
import { type ContactCenter, inQueueOf } from "./contact-center.ts";
import { type Leg, isLive } from "./interaction.ts";
import { type Refusal, type RequestBody, missing, notFound, notNow, textParameter } from "./operation.ts";

/** The queues, all of them named in the recorded messages. */
const queues: ReadonlySet<string> = new Set([
  "SimpleEmailInQueue",
  "SimpleEmailOutQueue",
  "SimpleChatInQueue",
  "SimpleChatTranscriptQueue",
]);

export type Target =
  { readonly agent: SimAgent } | { readonly queue: string } | { readonly refusal: Refusal };

/**
 * Returns the target of an operation. Agents and queues are named by their URI, by the id at its end, or by name,
 * because 8.5.1 pages print `targetUri`, `userUri`, `queueUri` and `queueName` without preferring one.
 */
export function findTarget(center: ContactCenter, leg: Leg, body: RequestBody): Target {
  const named = textParameter(body, "targetUri", "userUri", "queueName", "queueUri", "queue");
  if (named === undefined) return { refusal: missing("targetUri", "the URI of an agent or a queue") };
  const name = lastSegment(named);
  const agent = [...center.agents.values()].find(({ id, user }) => id === name || user === name);
  if (agent !== undefined) return agentTarget(leg, agent);
  if (queues.has(name)) return { queue: name };
  return { refusal: notFound("The target is neither an agent nor a queue that exists.") };
}

function agentTarget(leg: Leg, agent: SimAgent): Target {
  const { id, channel, legs } = leg.interaction;
  const theirs = legs.get(agent.user);
  if (theirs !== undefined && isLive(theirs)) {
    return { refusal: notNow(`Agent ${agent.user} already has the interaction ${id}.`) };
  }
  if (agent.channels.get(channel)?.state !== "Ready") {
    return { refusal: notNow(`Agent ${agent.user} is not Ready for ${channel}.`) };
  }
  return { agent };
}

export function isRoutedQueue(leg: Leg, queue: string): boolean {
  return queue === inQueueOf(leg.interaction.channel);
}

function lastSegment(uri: string): string {
  const segment = uri.slice(uri.lastIndexOf("/") + 1);
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
