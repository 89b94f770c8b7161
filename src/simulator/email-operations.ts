import { acceptedCapabilities, composingCapabilities } from "./capabilities.ts";
import { keepInteraction } from "./contact-center.ts";
import type { SimEmailContent, SimInteraction, Leg } from "./interaction.ts";
import { endInteraction, enterState } from "./legs.ts";
import {
  type Operation,
  type OperationCall,
  type RequestBody,
  isObject,
  textParameter,
} from "./operation.ts";
import { sharedOperations } from "./shared-operations.ts";

function accept({ center, leg }: OperationCall): undefined {
  leg.cancelOffer?.();
  leg.startDate = center.clock.now();
  enterState(center, leg, "Accepted", acceptedCapabilities.email);
}

/** Creates a second, outbound interaction; the original interaction stays unchanged. */
function reply({ center, leg, body }: OperationCall): undefined {
  const { interaction: parent, agent } = leg;
  const original = parent.email;
  if (original === undefined) return;
  const interaction: SimInteraction = {
    id: center.identifiers.interaction(),
    channel: "email",
    type: "Outbound",
    subType: "OutboundReply",
    threadId: parent.threadId,
    parentId: parent.id,
    userData: new Map(parent.userData),
    place: "WithAgent",
    queue: "SimpleEmailOutQueue",
    email: edited(body, {
      text: "",
      fromAddress: original.toAddress,
      toAddress: original.fromAddress,
      subject: original.subject.startsWith("Re:") ? original.subject : `Re: ${original.subject}`,
    }),
    sentReplies: [],
    legs: new Map(),
    skippedUntil: new Map(),
  };
  const outbound: Leg = {
    agent,
    interaction,
    state: center.behaviour.replyState,
    capabilities: [],
    startDate: center.clock.now(),
    sentUpTo: 0,
  };
  interaction.legs.set(agent.user, outbound);
  agent.live.set(interaction.id, outbound);
  center.roster.update(agent);
  keepInteraction(center, interaction);
  enterState(center, outbound, center.behaviour.replyState, composingCapabilities);
}

function send({ center, leg, body }: OperationCall): undefined {
  const { interaction } = leg;
  if (interaction.email === undefined) return;
  interaction.email = edited(body, interaction.email);
  center.interactions.get(interaction.parentId ?? "")?.sentReplies.push(interaction.email);
  endInteraction(center, interaction, "Sent");
}

function cancel({ center, leg }: OperationCall): undefined {
  endInteraction(center, leg.interaction, "Canceled");
}

/** Returns an email with the fields of the request, which are beside the operation or in its `email` object. */
function edited(body: RequestBody, content: SimEmailContent): SimEmailContent {
  const { email } = body;
  const given = isObject(email) ? { ...body, ...email } : body;
  return {
    text: textParameter(given, "text", "bodyAsPlainText", "body") ?? content.text,
    fromAddress: textParameter(given, "fromAddress", "from") ?? content.fromAddress,
    toAddress: textParameter(given, "toAddress", "to") ?? content.toAddress,
    subject: textParameter(given, "subject") ?? content.subject,
  };
}

/** The operations of an email, by `operationName`. */
export const emailOperations: ReadonlyMap<string, Operation> = new Map([
  ...sharedOperations,
  ["Accept", { capability: "Accept", run: accept }],
  ["Reply", { capability: "Reply", run: reply }],
  ["ReplyAll", { capability: "ReplyAll", run: reply }],
  ["Send", { capability: "Send", run: send }],
  ["Cancel", { capability: "Cancel", run: cancel }],
]);
