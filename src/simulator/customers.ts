import { type ContactCenter, inQueueOf } from "./contact-center.ts";
import { customerConcerns, customerNames, shopAddress } from "./customer-texts.ts";
import { pickOne } from "./identifiers.ts";
import { incomingUserData } from "./incoming-user-data.ts";
import {
  type ChatEvent,
  type SimEmailContent,
  type SimInteraction,
  type UserDataValue,
  statusOf,
  workingLegs,
} from "./interaction.ts";
import { endInteraction } from "./legs.ts";
import { enqueue, routeWaiting } from "./router.ts";
import { addJoined, addLeft, addText, addTyping } from "./transcript.ts";

/** The email of a customer; fields that are left out come from the seed. */
export interface EmailDetails {
  readonly from?: string;
  readonly subject?: string;
  readonly text?: string;
  /** Added to the user data of the routing strategy. */
  readonly userData?: Readonly<Record<string, UserDataValue>>;
}

/** The start of a chat; fields that are left out come from the seed. */
export interface ChatDetails {
  readonly nickname?: string;
  readonly subject?: string;
  /** A first message, before any agent has joined; default none. */
  readonly text?: string;
  /** Added to the user data of the routing strategy. */
  readonly userData?: Readonly<Record<string, UserDataValue>>;
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
  say(text: string): void;
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
  return {
    email: (details = {}) => sendEmail(center, details),
    chat: (details = {}) => openChat(center, details),
  };
}

function sendEmail(center: ContactCenter, details: EmailDetails): SimulatedEmail {
  const random = center.chance("customers");
  const person = pickOne(random, customerNames);
  const concern = pickOne(random, customerConcerns);
  const email: SimEmailContent = {
    text:
      details.text ?? `Hello,\r\n\r\n${concern.email}\r\n\r\nKind regards\r\n${person.first} ${person.last}`,
    fromAddress: details.from ?? person.address,
    toAddress: shopAddress,
    subject: details.subject ?? concern.subject,
  };
  const interaction = incoming(center, "email", { email }, [
    ["FirstName", person.first],
    ["FromAddress", email.fromAddress],
    ["EmailAddress", email.fromAddress],
    ["To", email.toAddress],
    ["Subject", email.subject],
    ...Object.entries(details.userData ?? {}),
  ]);
  enqueue(center, interaction);
  return {
    id: interaction.id,
    get state() {
      return statusOf(interaction);
    },
    get replies() {
      return [...interaction.sentReplies];
    },
  };
}

function openChat(center: ContactCenter, details: ChatDetails): SimulatedChat {
  const random = center.chance("customers");
  const person = pickOne(random, customerNames);
  const concern = pickOne(random, customerConcerns);
  const customer = center.identifiers.party();
  const chat = {
    customer,
    events: [],
    customerPresent: true,
    listeners: new Set<(event: ChatEvent) => void>(),
  };
  const interaction = incoming(center, "chat", { chat }, [
    ["Subject", details.subject ?? concern.subject],
    ...Object.entries(details.userData ?? {}),
  ]);
  const nickName = details.nickname ?? `${person.first} ${person.last}`;
  addJoined(center, interaction, { userId: customer, userType: "Client", nickName });
  if (details.text !== undefined) addText(center, interaction, customer, details.text);
  enqueue(center, interaction);
  return customerSide(center, interaction, chat);
}

function customerSide(
  center: ContactCenter,
  interaction: SimInteraction,
  chat: NonNullable<SimInteraction["chat"]>,
): SimulatedChat {
  const whileOpen = (run: () => void): void => {
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
    say: (text) => whileOpen(() => addText(center, interaction, chat.customer, text)),
    startTyping: () => whileOpen(() => addTyping(center, interaction, chat.customer, "TypingStarted")),
    stopTyping: () => whileOpen(() => addTyping(center, interaction, chat.customer, "TypingStopped")),
    leave: () => whileOpen(() => leaveAsCustomer(center, interaction, chat)),
    subscribe: (listener) => {
      chat.listeners.add(listener);
      return () => chat.listeners.delete(listener);
    },
  };
}

function leaveAsCustomer(
  center: ContactCenter,
  interaction: SimInteraction,
  chat: NonNullable<SimInteraction["chat"]>,
): void {
  chat.customerPresent = false;
  addLeft(center, interaction, chat.customer);
  const isTaken = workingLegs(interaction).length > 0;
  if (!isTaken) endInteraction(center, interaction, "Revoked");
  else if (center.behaviour.afterCustomerLeft === "Completed")
    endInteraction(center, interaction, "Completed");
  routeWaiting(center);
}

function incoming(
  center: ContactCenter,
  channel: "email" | "chat",
  content: Pick<SimInteraction, "email" | "chat">,
  userData: readonly (readonly [string, UserDataValue])[],
): SimInteraction {
  const { identifiers } = center;
  return {
    id: identifiers.interaction(),
    channel,
    type: "Inbound",
    subType: "InboundNew",
    threadId: identifiers.interaction(),
    userData: incomingUserData(channel, identifiers, userData),
    place: "Queued",
    queue: inQueueOf(channel),
    ...content,
    sentReplies: [],
    legs: new Map(),
    skippedUntil: new Map(),
  };
}
