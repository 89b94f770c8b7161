import type { ChannelName } from "./agents.ts";
import {
  type ChatEvent,
  type ContactCenter,
  type SimChat,
  type SimEmailContent,
  type SimInteraction,
  type SimUserDataValue,
  createInteraction,
  inQueueOf,
  statusOf,
  workingLegs,
} from "./contact-center.ts";
import { customerConcerns, customerNames, shopAddress } from "./customer-texts.ts";
import { pickOne } from "./identifiers.ts";
import { addEvent, addText, addTyping, endInteraction } from "./legs.ts";
import { enqueue, routeWaiting } from "./router.ts";

/** The email of a customer; fields that are left out come from the seed. */
export interface EmailDetails {
  readonly from?: string;
  readonly subject?: string;
  readonly text?: string;
  /** Added to the user data of the routing strategy. */
  readonly userData?: Readonly<Record<string, SimUserDataValue>>;
}

/** The start of a chat; fields that are left out come from the seed. */
export interface ChatDetails {
  readonly nickname?: string;
  readonly subject?: string;
  /** A first message, before any agent has joined; default none. */
  readonly text?: string;
  /** Added to the user data of the routing strategy. */
  readonly userData?: Readonly<Record<string, SimUserDataValue>>;
}

/** An email from the customer's side. */
export interface SimulatedEmail {
  readonly id: string;
  /** The agent's state, such as `Invited`, or `Queued`, `InWorkbin`, `Parked`, `Ended`. */
  readonly state: string;
  /** The replies that have reached the customer, in order. */
  readonly replies: readonly SimEmailContent[];
}

/** A chat from the customer's side. */
export interface SimulatedChat {
  readonly id: string;
  /** The agent's state, such as `Invited`, or `Queued`, `InWorkbin`, `Parked`, `Ended`. */
  readonly state: string;
  /** Whether the customer is still in the chat; otherwise the methods below do nothing. */
  readonly open: boolean;
  /** All events, in order. */
  readonly transcript: readonly ChatEvent[];
  write(text: string): void;
  startTyping(): void;
  stopTyping(): void;
  /** Lets the customer leave. A chat that no agent has accepted ends. */
  leave(): void;
  /** Calls the listener with each new event; returns a function that unsubscribes. */
  subscribe(listener: (event: ChatEvent) => void): () => void;
}

/** Creates customers that write. */
export interface Customers {
  email(details?: EmailDetails): SimulatedEmail;
  chat(details?: ChatDetails): SimulatedChat;
}

export function createCustomers(center: ContactCenter): Customers {
  const random = center.chance("customers");
  return {
    email(details = {}) {
      const { first, last, address } = pickOne(random, customerNames);
      const concern = pickOne(random, customerConcerns);
      const email: SimEmailContent = {
        text: details.text ?? `Hello,\r\n\r\n${concern.email}\r\n\r\nKind regards\r\n${first} ${last}`,
        fromAddress: details.from ?? address,
        toAddress: shopAddress,
        subject: details.subject ?? concern.subject,
      };
      const interaction = incoming(center, "email", { email }, [
        ["FirstName", first],
        ["FromAddress", email.fromAddress],
        ["EmailAddress", email.fromAddress],
        ["To", email.toAddress],
        ["Subject", email.subject],
        ...Object.entries(details.userData ?? {}),
      ]);
      enqueue(interaction);
      return {
        id: interaction.id,
        get state() {
          return statusOf(interaction);
        },
        get replies() {
          return [...interaction.sentReplies];
        },
      };
    },
    chat(details = {}) {
      const { first, last } = pickOne(random, customerNames);
      const concern = pickOne(random, customerConcerns);
      const customer = center.identifiers.party();
      const chat: SimChat = { customer, events: [], customerPresent: true, listeners: new Set() };
      const interaction = incoming(center, "chat", { chat }, [
        ["Subject", details.subject ?? concern.subject],
        ...Object.entries(details.userData ?? {}),
      ]);
      const nickName = details.nickname ?? `${first} ${last}`;
      addEvent(interaction, { messageType: "PARTY_JOINED", userId: customer, userType: "Client", nickName });
      if (details.text !== undefined) addText(interaction, customer, details.text);
      enqueue(interaction);
      return customerSide(interaction, chat);
    },
  };
}

function customerSide(interaction: SimInteraction, chat: SimChat): SimulatedChat {
  const { customer } = chat;
  const whileOpen = (run: () => void) => () => {
    if (chat.customerPresent) run();
  };
  return {
    id: interaction.id,
    get state() {
      return statusOf(interaction);
    },
    get open() {
      return chat.customerPresent;
    },
    get transcript() {
      return [...chat.events];
    },
    write: (text) => whileOpen(() => addText(interaction, customer, text))(),
    startTyping: whileOpen(() => addTyping(interaction, customer, "TypingStarted")),
    stopTyping: whileOpen(() => addTyping(interaction, customer, "TypingStopped")),
    leave: whileOpen(() => leaveAsCustomer(interaction, chat)),
    subscribe(listener) {
      chat.listeners.add(listener);
      return () => chat.listeners.delete(listener);
    },
  };
}

function leaveAsCustomer(interaction: SimInteraction, chat: SimChat): void {
  const { center } = interaction;
  chat.customerPresent = false;
  addEvent(interaction, { messageType: "PARTY_LEFT", userId: chat.customer });
  const isTaken = workingLegs(interaction).length > 0;
  if (!isTaken) endInteraction(interaction, "Revoked");
  else if (center.behaviour.afterCustomerLeft === "Completed") endInteraction(interaction, "Completed");
  routeWaiting(center);
}

type UserDataEntry = readonly [key: string, value: SimUserDataValue];

/** The user data that the routing strategy attaches; keys and values are those of the recorded messages. */
const routingUserData: readonly UserDataEntry[] = [
  ["RTargetTypeSelected", "2"],
  ["RTargetObjectSelected", "?: 2>1"],
  ["RTargetRequested", "?: 2>1"],
  ["RTargetAgentGroup", "?: 2>1"],
  ["PegAG?: 2>1", 1],
  ["RTenant", "Environment"],
  ["RRequestedSkills", null],
  ["RRequestedSkillCombination", ""],
  ["CustomerSegment", "default"],
  ["ServiceType", "default"],
  ["ServiceObjective", 0],
];

const channelUserData: Readonly<Record<ChannelName, readonly UserDataEntry[]>> = {
  email: [
    ["RStrategyName", "SimpleEmailInStrategy"],
    ["Origination_Source", "Email"],
    ["Mailbox", "support"],
    ["Header_MIME-Version", "1.0"],
    ["_AutoReplyCount", 0],
    ["_ContainsAttachment", "false"],
    ["_AttachmentsSize", "0"],
  ],
  chat: [
    ["RStrategyName", "SimpleChatInStrategy"],
    ["IdentifyCreateContact", "3"],
    ["ChatServerAppName", "es_chat"],
    ["ChatServerPort", "7160"],
  ],
};

/** Creates a new interaction. Its user data is the strategy's, then the customer's, which may override it. */
function incoming(
  center: ContactCenter,
  channel: ChannelName,
  content: Pick<SimInteraction, "email" | "chat">,
  userData: readonly UserDataEntry[],
): SimInteraction {
  const interaction = createInteraction(center, {
    channel,
    type: "Inbound",
    subType: "InboundNew",
    queue: inQueueOf(channel),
    ...content,
  });
  const contact: UserDataEntry = ["ContactId", center.identifiers.interaction()];
  const all = [...routingUserData, ...channelUserData[channel], contact, ...userData];
  for (const [key, value] of all) interaction.userData.set(key, value);
  return interaction;
}
