// A contact centre with a truth of its own, after public bug reports; see the issue about outcomes.
import type { Random } from "../../src/index.ts";

const topics = { interactions: "/v2/me/interactions", channels: "/v2/me/channels" } as const;

export interface ChatEvent {
  readonly id: number;
  readonly messageType: string;
  readonly userId: string;
  readonly visibility: "All";
  readonly text?: string;
  readonly userType?: string;
  readonly nickName?: string;
}

/** An operation that the contact centre really performed. */
export interface Performed {
  readonly id: string;
  readonly operation: string;
  readonly text?: string;
}

export interface WorldInteraction {
  readonly id: string;
  readonly channel: "email" | "chat";
  readonly parentId?: string;
  readonly email?: Readonly<Record<string, string>>;
  readonly userData: Record<string, unknown>;
  readonly events: ChatEvent[];
  readonly performed: Performed[];
  state: string;
  capabilities: readonly string[];
  startDate?: number;
}

interface Readiness {
  readonly state: string;
  readonly reason?: string;
}

interface WorldAgent {
  readonly interactions: Map<string, WorldInteraction>;
  readonly channels: Map<string, Readiness>;
}

/** The result of an operation, as the body of the response has it. */
export interface Result {
  readonly statusCode: number;
  readonly statusMessage?: string;
}

/** The parameters of a requested operation, as the body of the request has them. */
export interface Requested {
  readonly operationName?: string;
  readonly nickname?: string;
  readonly text?: string;
  readonly email?: { readonly bodyAsPlainText?: string };
  readonly userData?: Readonly<Record<string, unknown>>;
  readonly keys?: readonly string[];
}

const dataOperations = ["UpdateUserData", "AttachUserData", "DeleteUserData"];
const granted = {
  email: ["StopProcessing", ...dataOperations, "PlaceInWorkbin", "SingleStepTransfer", "Reply", "ReplyAll"],
  chat: [
    "StopProcessing",
    ...dataOperations,
    "SingleStepTransfer",
    "LeaveChat",
    "EndChatSession",
    "Send",
    "RequestChatHistory",
  ],
} as const;

/** The capability that an operation needs, where it has another name. */
const capabilityOf: Readonly<Record<string, string>> = {
  Complete: "StopProcessing",
  Transfer: "SingleStepTransfer",
  SendMessage: "Send",
  SendNotification: "Send",
};

const done: Result = { statusCode: 0 };

/** The truth of a contact centre, for agents whose desks are tested. It knows no wire. */
export class World {
  /** Every operation that was performed, in its order. */
  readonly performed: Performed[] = [];
  /** Receives each notification. */
  notify: (user: string, topic: string, data: object) => void = () => {};
  readonly #agents = new Map<string, WorldAgent>();
  readonly #interactions = new Map<string, WorldInteraction>();
  readonly #random: Random;
  #count = 0;

  constructor(random: Random) {
    this.#random = random;
  }

  agent(user: string): WorldAgent {
    const agent = this.#agents.get(user) ?? {
      interactions: new Map<string, WorldInteraction>(),
      channels: new Map<string, Readiness>([
        ["email", { state: "NotReady" }],
        ["chat", { state: "NotReady" }],
      ]),
    };
    this.#agents.set(user, agent);
    return agent;
  }

  /** Returns an interaction, also when it has ended. */
  interaction(id: string): WorldInteraction {
    return this.#interactions.get(id)!;
  }

  /** Returns what the server's lists contain. */
  lists(user: string): { readonly interactions: object[]; readonly channels: object[] } {
    const { interactions, channels } = this.agent(user);
    return {
      interactions: [...interactions.values()].map((one) => this.#message(one, { events: one.events })),
      channels: [...channels].map(([channel, userState]) => ({ channel, userState })),
    };
  }

  invite(user: string, channel: "email" | "chat", subject = "Help"): WorldInteraction {
    const id = `${channel}-${++this.#count}`;
    const interaction: WorldInteraction = {
      id,
      channel,
      state: "Invited",
      capabilities: ["Accept", "Reject"],
      userData: { Subject: subject },
      events: [],
      performed: [],
      ...(channel === "email" && { email: { fromAddress: "c@x.test", subject, text: `About ${subject}` } }),
    };
    this.#add(user, interaction);
    return interaction;
  }

  /** Ends an interaction, by whatever cause. */
  end(user: string, interaction: WorldInteraction, state: string): void {
    interaction.state = state;
    interaction.capabilities = [];
    this.agent(user).interactions.delete(interaction.id);
    this.#changed(user, interaction, { events: [] });
  }

  /** Adds a message to a chat. */
  write(user: string, interaction: WorldInteraction, text: string, userId = "customer"): void {
    const id = interaction.events.length + 1;
    const event: ChatEvent = { id, messageType: "MESSAGE", userId, visibility: "All", text };
    interaction.events.push(event);
    const events = this.#random() < 0.3 ? interaction.events : [event];
    this.#changed(user, interaction, { events, state: "PropertiesChanged" });
  }

  setData(user: string, interaction: WorldInteraction, data: Readonly<Record<string, unknown>>): void {
    Object.assign(interaction.userData, data);
    this.#changed(user, interaction, { events: [], state: "PropertiesChanged" });
  }

  /** Makes all channels NotReady, as the end of a contact-centre session does. */
  endSession(user: string): void {
    for (const channel of this.agent(user).channels.keys()) this.setReadiness(user, channel, "NotReady");
  }

  setReadiness(user: string, channel: string, operation: string): Result {
    const { channels } = this.agent(user);
    if (!channels.has(channel)) return { statusCode: 6, statusMessage: "There is no such channel." };
    const isState = operation === "Ready" || operation === "NotReady";
    const userState = isState ? { state: operation } : { state: "NotReady", reason: operation };
    channels.set(channel, userState);
    this.notify(user, topics.channels, { channels: [{ channel, userState }] });
    return done;
  }

  perform(user: string, id: string, requested: Requested): Result {
    const { operationName: operation = "", text = requested.email?.bodyAsPlainText } = requested;
    const interaction = this.agent(user).interactions.get(id);
    if (interaction === undefined) return { statusCode: 6, statusMessage: "There is no such interaction." };
    if (!interaction.capabilities.includes(capabilityOf[operation] ?? operation))
      return { statusCode: 4, statusMessage: `${operation} is not allowed.` };
    const performed = { id, operation, ...(text !== undefined && { text }) };
    interaction.performed.push(performed);
    this.performed.push(performed);
    this.#carryOut(user, interaction, operation, requested);
    return done;
  }

  #carryOut(user: string, interaction: WorldInteraction, operation: string, requested: Requested): void {
    switch (operation) {
      case "Accept":
        return this.#accept(user, interaction, requested.nickname ?? "Agent");
      case "Reject":
        return this.end(user, interaction, "Revoked");
      case "Send":
        return this.end(user, interaction, "Sent");
      case "Cancel":
        return this.end(user, interaction, "Canceled");
      case "Complete":
      case "StopProcessing":
      case "LeaveChat":
      case "EndChatSession":
      case "Transfer":
      case "PlaceInWorkbin":
        return this.end(user, interaction, "Completed");
      case "SendMessage":
        return this.write(user, interaction, requested.text ?? "", "agent");
      case "Reply":
      case "ReplyAll":
        return this.#reply(user, interaction);
      case "AttachUserData":
      case "UpdateUserData":
        return this.setData(user, interaction, requested.userData ?? {});
      case "DeleteUserData":
        for (const key of requested.keys ?? []) delete interaction.userData[key];
        return this.setData(user, interaction, {});
      case "RequestChatHistory":
        return this.#changed(user, interaction, { events: interaction.events, state: "PropertiesChanged" });
    }
  }

  #accept(user: string, interaction: WorldInteraction, nickName: string): void {
    interaction.state = "Accepted";
    interaction.capabilities = granted[interaction.channel];
    interaction.startDate = 1_382_984_933_000;
    if (interaction.channel === "chat") {
      const joined = { messageType: "PARTY_JOINED", visibility: "All" } as const;
      interaction.events.push(
        { id: 1, userId: "customer", userType: "Client", nickName: "Mia", ...joined },
        { id: 2, userId: "agent", userType: "Agent", nickName, ...joined },
      );
    }
    this.#changed(user, interaction, { events: interaction.events });
  }

  #reply(user: string, { id: parentId }: WorldInteraction): void {
    const draft: WorldInteraction = {
      id: `draft-${++this.#count}`,
      channel: "email",
      parentId,
      state: "Composing",
      capabilities: ["Send", "Cancel"],
      userData: {},
      events: [],
      performed: [],
      email: { fromAddress: "a@x.test", toAddress: "c@x.test", subject: "Re: Help" },
    };
    this.#add(user, draft);
  }

  #add(user: string, interaction: WorldInteraction): void {
    this.agent(user).interactions.set(interaction.id, interaction);
    this.#interactions.set(interaction.id, interaction);
    this.#changed(user, interaction, { events: [] });
  }

  #changed(
    user: string,
    interaction: WorldInteraction,
    parts: { readonly events: readonly ChatEvent[]; readonly state?: string },
  ): void {
    const messageType = "InteractionStateMessage";
    const message = this.#message(interaction, parts);
    // Both shapes were recorded.
    const data = this.#random() < 0.5 ? { messageType, ...message } : { messageType, interaction: message };
    this.notify(user, topics.interactions, data);
  }

  /** Returns a copy, because what is not sent yet must not change. */
  #message(
    interaction: WorldInteraction,
    { events, state = interaction.state }: { readonly events: readonly ChatEvent[]; readonly state?: string },
  ): object {
    const { id, channel, parentId, email, userData, startDate, capabilities } = interaction;
    const latestEventId = interaction.events.length;
    return structuredClone({
      id,
      channel,
      state,
      userData,
      interactionType: parentId === undefined ? "Inbound" : "Outbound",
      ...(state !== "PropertiesChanged" && { capabilities }),
      ...(parentId !== undefined && { parentId }),
      ...(startDate !== undefined && { startDate }),
      ...(email !== undefined && { content: email }),
      ...(latestEventId > 0 && { content: { sessionId: id, latestEventId, events } }),
    });
  }
}
