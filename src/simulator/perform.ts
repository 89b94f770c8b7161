import type { SimAgent } from "./interaction.ts";
import { chatOperations } from "./chat-operations.ts";
import type { ContactCenter } from "./contact-center.ts";
import { emailOperations } from "./email-operations.ts";
import { type Refusal, type RequestBody, missing, notFound, notNow } from "./operation.ts";
import { routeWaiting } from "./router.ts";

/**
 * Performs an operation on one of the agent's interactions. An interaction of another agent is not found, because the
 * response must not reveal whether it exists.
 */
export function performOperation(
  center: ContactCenter,
  agent: SimAgent,
  id: string,
  body: RequestBody,
): Refusal | undefined {
  const leg = center.interactions.get(id)?.legs.get(agent.user);
  if (leg === undefined) return notFound("The interaction does not exist.");
  const { operationName } = body;
  if (typeof operationName !== "string") return missing("operationName", "what to do");
  const operations = leg.interaction.channel === "email" ? emailOperations : chatOperations;
  const operation = operations.get(operationName);
  if (operation === undefined)
    return notFound(`There is no such operation on this ${leg.interaction.channel}.`);
  if (!leg.capabilities.includes(operation.capability)) {
    return notNow(`${operationName} needs the capability ${operation.capability}, which is not granted now.`);
  }
  const refusal = operation.run({ center, leg, body });
  if (refusal === undefined) routeWaiting(center);
  return refusal;
}
