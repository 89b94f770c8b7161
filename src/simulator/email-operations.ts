import { type Leg, type SimEmailContent, createInteraction, createLeg } from "./contact-center.ts";
import { endInteraction, enterState } from "./legs.ts";
import {
  type SimOperations,
  type RequestBody,
  isJsonObject,
  sharedOperations,
  textParameter,
  userDataCapabilities,
} from "./operations.ts";

/** Recorded, in this order: email-accepted. */
const acceptedCapabilities = [
  "StopProcessing",
  ...userDataCapabilities,
  "PlaceInWorkbin",
  "SingleStepTransfer",
  "Reply",
  "ReplyAll",
];

function accept(leg: Leg): undefined {
  leg.cancelOffer?.();
  leg.startDate = leg.interaction.center.clock.now();
  enterState(leg, "Accepted", acceptedCapabilities);
}

/** Creates a second, outbound interaction; the original interaction stays unchanged. */
function reply({ interaction: parent, agent }: Leg, body: RequestBody): undefined {
  const { center, email: original } = parent;
  if (original === undefined) return;
  const { subject } = original;
  const interaction = createInteraction(center, {
    channel: "email",
    type: "Outbound",
    subType: "OutboundReply",
    threadId: parent.threadId,
    parentId: parent.id,
    userData: new Map(parent.userData),
    queue: "SimpleEmailOutQueue",
    email: edited(body, {
      text: "",
      fromAddress: original.toAddress,
      toAddress: original.fromAddress,
      subject: subject.startsWith("Re:") ? subject : `Re: ${subject}`,
    }),
  });
  const { replyState } = center.behaviour;
  const outbound = createLeg(interaction, agent, { state: replyState, startDate: center.clock.now() });
  // Assumed: everything that an outbound reply needs, out of the list that later servers give.
  enterState(outbound, replyState, ["Send", "Cancel", ...userDataCapabilities]);
}

function send({ interaction }: Leg, body: RequestBody): undefined {
  const { center, parentId = "" } = interaction;
  if (interaction.email === undefined) return;
  interaction.email = edited(body, interaction.email);
  center.interactions.get(parentId)?.sentReplies.push(interaction.email);
  endInteraction(interaction, "Sent");
}

function cancel({ interaction }: Leg): undefined {
  endInteraction(interaction, "Canceled");
}

/** Returns an email with the fields of the request, which are beside the operation or in its `email` object. */
function edited(body: RequestBody, content: SimEmailContent): SimEmailContent {
  const { email } = body;
  const given = isJsonObject(email) ? { ...body, ...email } : body;
  return {
    text: textParameter(given, "text", "bodyAsPlainText", "body") ?? content.text,
    fromAddress: textParameter(given, "fromAddress", "from") ?? content.fromAddress,
    toAddress: textParameter(given, "toAddress", "to") ?? content.toAddress,
    subject: textParameter(given, "subject") ?? content.subject,
  };
}

/** The operations of an email, by `operationName`. */
export const emailOperations: SimOperations = {
  ...sharedOperations,
  Accept: { capability: "Accept", run: accept },
  Reply: { capability: "Reply", run: reply },
  ReplyAll: { capability: "ReplyAll", run: reply },
  Send: { capability: "Send", run: send },
  Cancel: { capability: "Cancel", run: cancel },
};
