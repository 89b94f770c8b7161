import { seededRandom } from "../src/domain/random.ts";

/**
 * The updates of an interaction. `new-events`: they contain the new chat events; `full-list`: all events so far, each
 * time; `long`: like `new-events`, but 200 updates instead of 20; `brief`: there are no updates.
 */
export type Variant = "new-events" | "full-list" | "long" | "brief";

/** Options of a {@link StandardStream}. */
export interface StreamOptions {
  /** The number of interactions that are live concurrently. */
  readonly live: number;
  readonly variant: Variant;
  readonly seed: number;
}

interface Life {
  readonly number: number;
  readonly id: string;
  readonly userData: Record<string, unknown>;
  readonly events: ChatEvent[];
  /** The number of messages about it so far. */
  step: number;
}

interface ChatEvent {
  readonly id: number;
  readonly messageType: string;
  readonly userId: string;
  readonly [field: string]: unknown;
}

/**
 * The standard stream: interleaved chats, of which a given number are live concurrently. Each is Invited and Accepted, gets
 * its updates and is Completed. The messages have the shapes of the recorded chat-invited, chat-accepted,
 * chat-properties-changed and chat-revoked. The seed determines the order of the chats and their texts.
 */
export class StandardStream {
  readonly #random: () => number;
  readonly #updates: number;
  readonly #sendsFullList: boolean;
  readonly #lives: Life[] = [];
  #created = 0;

  constructor({ live, variant, seed }: StreamOptions) {
    this.#random = seededRandom(seed);
    this.#updates = variant === "long" ? 200 : variant === "brief" ? 0 : 20;
    this.#sendsFullList = variant === "full-list";
    for (let index = 0; index < live; index++) this.#lives.push(this.#create());
  }

  /** Returns the ids of the interactions that have been offered and have not ended. */
  liveIds(): string[] {
    return this.#lives.filter((life) => life.step > 0).map((life) => life.id);
  }

  /** Returns the total length of the texts that contain all data of each interaction. */
  lengthOfAll(): number {
    const messages = this.#lives.map((life) => nested(life, "Accepted", life.events, acceptedCapabilities));
    return messages.reduce((sum, message) => sum + JSON.stringify(message).length, 0);
  }

  /** Generates the messages that bring every interaction to some point of its life. */
  *opening(): Generator<string> {
    for (let index = 0; index < this.#lives.length; index++) {
      const messages = 1 + Math.floor(this.#random() * (this.#updates + 2));
      for (let count = 0; count < messages; count++) yield this.#advance(index);
    }
  }

  /** Returns the next messages, as text. */
  next(count: number): string[] {
    return Array.from({ length: count }, () => this.#advance(this.#below(this.#lives.length)));
  }

  #below(limit: number): number {
    return Math.floor(this.#random() * limit);
  }

  #create(): Life {
    const number = ++this.#created;
    const id = `00002a94345B${number.toString(36).toUpperCase().padStart(4, "0")}`;
    const userData = { ...recordedUserData, Subject: `Question about order ${number}` };
    return { number, id, userData, events: [], step: 0 };
  }

  #advance(index: number): string {
    const life = this.#lives[index]!;
    const step = life.step++;
    if (step === 0) return JSON.stringify(flat(life, "Invited", ["Accept", "Reject"]));
    if (step === 1) {
      this.#join(life);
      return JSON.stringify(nested(life, "Accepted", life.events, acceptedCapabilities));
    }
    if (step < this.#updates + 2) return JSON.stringify(this.#update(life));
    this.#lives[index] = this.#create();
    return JSON.stringify(flat(life, "Completed", []));
  }

  #join({ events, number }: Life): void {
    const visibility = "All";
    events.push(
      {
        userId: customerOf(number),
        messageType: "PARTY_JOINED",
        userType: "Client",
        visibility,
        nickName: `Customer ${number}`,
        id: 1,
      },
      { userId: agent, messageType: "PARTY_JOINED", userType: "Agent", visibility, nickName: "Ana", id: 2 },
    );
  }

  #update(life: Life): object {
    const known = life.events.length;
    this.#addEvent(life);
    if (this.#random() < 0.5) this.#addEvent(life);
    if (this.#random() < 0.1) life.userData["CustomerSegment"] = `segment ${this.#below(10)}`;
    const fresh = life.events.slice(known);
    // As recorded: a full list is not sorted.
    const sent = this.#sendsFullList ? [...fresh, ...life.events.slice(0, known)] : fresh;
    return nested(life, "PropertiesChanged", sent, undefined);
  }

  #addEvent({ events, number }: Life): void {
    const id = events.length + 1;
    const userId = this.#random() < 0.5 ? agent : customerOf(number);
    if (this.#random() < 0.2) {
      events.push({ messageType: "NOTICE", userId, visibility: "All", noticeType: "TypingStarted", id });
    } else {
      const length = 20 + this.#below(100);
      const text = phrase.slice(this.#below(phrase.length - length)).slice(0, length);
      events.push({ messageType: "MESSAGE", userId, visibility: "All", text, id });
    }
  }
}

function flat(life: Life, state: string, capabilities: readonly string[]): object {
  return {
    data: {
      userData: life.userData,
      currentQueue: "SimpleChatInQueue",
      interactionSubType: "InboundNew",
      capabilities,
      state,
      messageType: "InteractionStateMessage",
      id: life.id,
      channel: "chat",
      interactionType: "Inbound",
    },
    channel: "/v2/me/interactions",
  };
}

function nested(
  life: Life,
  state: string,
  events: readonly ChatEvent[],
  capabilities: readonly string[] | undefined,
): object {
  return {
    data: {
      interaction: {
        userData: life.userData,
        currentQueue: "SimpleChatInQueue",
        startDate: 1_382_984_933_000 + life.number,
        inQueues: { SimpleChatTranscriptQueue: "" },
        ...(capabilities === undefined ? {} : { capabilities }),
        content: { latestEventId: life.events.length, sessionId: life.id, events },
        subType: "InboundNew",
        state,
        threadId: `T${life.id}`,
        type: "Inbound",
        id: life.id,
        channel: "chat",
      },
      messageType: "InteractionStateMessage",
    },
    channel: "/v2/me/interactions",
  };
}

/** Returns an accepted chat that gets a message at each call, for long transcripts. */
export function longChat(events: number): { accepted: string; addMessage: () => string; all: () => string } {
  const held: ChatEvent[] = [];
  const life: Life = {
    number: 1,
    id: "00002a94345B0001",
    userData: { ...recordedUserData },
    events: held,
    step: 0,
  };
  const add = () => {
    const id = held.length + 1;
    held.push({ messageType: "MESSAGE", userId: agent, visibility: "All", text: phrase.slice(0, 60), id });
  };
  for (let count = 0; count < events; count++) add();
  return {
    accepted: JSON.stringify(nested(life, "Accepted", held, acceptedCapabilities)),
    addMessage: () => {
      add();
      return JSON.stringify(nested(life, "PropertiesChanged", held.slice(-1), undefined));
    },
    all: () => JSON.stringify(nested(life, "PropertiesChanged", held, undefined)),
  };
}

const agent = "0091526EACF0E038";

function customerOf(number: number): string {
  return `0091526EACE${number.toString(36).toUpperCase().padStart(5, "0")}`;
}

const phrase =
  "Thank you for waiting. I have looked at your order and it left our house on Monday; the carrier writes that it " +
  "will be with you tomorrow before noon. Should you be out, then it is left with a neighbour or at the nearest " +
  "station, and a card with the address is put into your letter box. Is there anything else that I can do for you?";

const acceptedCapabilities: readonly string[] = [
  "StopProcessing",
  "UpdateUserData",
  "AttachUserData",
  "DeleteUserData",
  "PlaceInWorkbin",
  "SingleStepTransfer",
  "LeaveChat",
  "EndChatSession",
  "SingleStepConference",
  "RequestChatHistory",
  "Send",
];

/** From the recorded chat-properties-changed. */
const recordedUserData: Readonly<Record<string, unknown>> = {
  IdentifyCreateContact: "3",
  RTargetTypeSelected: "2",
  RTargetObjectSelected: "?: 2>1",
  RVQID: "",
  ChatServerAppName: "esv_cht",
  ChatServerHost: "",
  RTargetObjSelDBID: "",
  ChatServerPort: "7160",
  "CBR-Interaction_cost": "",
  "CBR-contract_DBIDs": "",
  RTargetAgentSelected: "Agent1",
  "CBR-IT-path_DBIDs": "",
  RTargetRuleSelected: "",
  RTargetPlaceSelected: "Agent1",
  "CBR-actual_volume": "",
  RTenant: "Environment",
  ChatServerDBID: "145",
  RRequestedSkills: null,
  RRequestedSkillCombination: "",
  RVQDBID: "",
  RStrategyDBID: "110",
  CustomerSegment: "default",
  "PegAG?: 2>1": 1,
  ServiceType: "default",
  ServiceObjective: 0,
  RTargetRequested: "?: 2>1",
  RTargetAgentGroup: "?: 2>1",
  RStrategyName: "SimpleChatInStrategy",
  Subject: "Customersupport",
};
