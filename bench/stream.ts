import { seededRandom } from "../src/domain/random.ts";

/**
 * What the updates of an interaction carry. `new-events`: the chat events that are new; `full-list`: all events so far,
 * each time; `long`: as `new-events`, but 200 updates instead of 20; `brief`: there are none.
 */
export type Variant = "new-events" | "full-list" | "long" | "brief";

/** Which standard stream is wanted. */
export interface StreamOptions {
  /** How many interactions live at once. */
  readonly live: number;
  readonly variant: Variant;
  readonly seed: number;
}

interface Life {
  readonly number: number;
  readonly id: string;
  readonly userData: Record<string, unknown>;
  readonly events: ChatEvent[];
  /** How many messages there were about it. */
  step: number;
}

interface ChatEvent {
  readonly id: number;
  readonly messageType: string;
  readonly userId: string;
  readonly [field: string]: unknown;
}

/**
 * The standard stream: chats interleaved so that a given number live at once. Each is Invited and Accepted, gets its
 * updates and is Completed, in the shapes of the recorded chat-invited, chat-accepted, chat-properties-changed and
 * chat-revoked. Whose turn it is, and what is said, is drawn from the seed.
 */
export class StandardStream {
  readonly #random: () => number;
  readonly #updates: number;
  readonly #sendsFullList: boolean;
  readonly #lives: Life[] = [];
  #born = 0;

  constructor({ live, variant, seed }: StreamOptions) {
    this.#random = seededRandom(seed);
    this.#updates = variant === "long" ? 200 : variant === "brief" ? 0 : 20;
    this.#sendsFullList = variant === "full-list";
    for (let index = 0; index < live; index++) this.#lives.push(this.#beget());
  }

  /** The ids of those that have been offered and have not ended. */
  liveIds(): string[] {
    return this.#lives.filter((life) => life.step > 0).map((life) => life.id);
  }

  /** The length of the texts that say all that was told of each of them. */
  lengthOfAll(): number {
    const told = this.#lives.map((life) => nested(life, "Accepted", life.events, acceptedCapabilities));
    return told.reduce((sum, message) => sum + JSON.stringify(message).length, 0);
  }

  /** The messages that bring every interaction to some point of its life. */
  *opening(): Generator<string> {
    for (let index = 0; index < this.#lives.length; index++) {
      const messages = 1 + Math.floor(this.#random() * (this.#updates + 2));
      for (let count = 0; count < messages; count++) yield this.#advance(index);
    }
  }

  /** The next messages, as text. */
  take(count: number): string[] {
    return Array.from({ length: count }, () => this.#advance(this.#below(this.#lives.length)));
  }

  #below(limit: number): number {
    return Math.floor(this.#random() * limit);
  }

  #beget(): Life {
    const number = ++this.#born;
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
    this.#lives[index] = this.#beget();
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
    this.#say(life);
    if (this.#random() < 0.5) this.#say(life);
    if (this.#random() < 0.1) life.userData["CustomerSegment"] = `segment ${this.#below(10)}`;
    const fresh = life.events.slice(known);
    // As recorded: a full list is in no order.
    const told = this.#sendsFullList ? [...fresh, ...life.events.slice(0, known)] : fresh;
    return nested(life, "PropertiesChanged", told, undefined);
  }

  #say({ events, number }: Life): void {
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

/** A chat that has been accepted and says as much as it is asked to; for long transcripts. */
export function longChat(events: number): { accepted: string; say: () => string; all: () => string } {
  const held: ChatEvent[] = [];
  const life: Life = {
    number: 1,
    id: "00002a94345B0001",
    userData: { ...recordedUserData },
    events: held,
    step: 0,
  };
  const say = () => {
    const id = held.length + 1;
    held.push({ messageType: "MESSAGE", userId: agent, visibility: "All", text: phrase.slice(0, 60), id });
  };
  for (let count = 0; count < events; count++) say();
  return {
    accepted: JSON.stringify(nested(life, "Accepted", held, acceptedCapabilities)),
    say: () => {
      say();
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
  "Thank you for waiting. I have looked at your order and it left our house on Monday; the carrier says that it " +
  "will be with you tomorrow before noon. Should nobody be at home, it is left with a neighbour or at the nearest " +
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
