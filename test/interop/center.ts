import type { Random } from "../../src/domain/random.ts";
import type { Desk } from "../../src/index.ts";
import type { DeedName } from "../link/schedule.ts";
import type { JavaServer, Order } from "./java-server.ts";

/** An interaction as the server has it. */
interface ServerInteraction {
  readonly id: string;
  readonly channel: "email" | "chat";
  state: "Invited" | "Accepted";
  remark: string;
  readonly texts: string[];
}

/** The deeds of customers and supervisors, sent to a server that lists and notifies them. */
export class Center {
  readonly #server: JavaServer;
  readonly #random: Random;
  readonly #interactions = new Map<string, ServerInteraction>();
  #count = 0;
  #marks = 0;

  constructor(server: JavaServer, random: Random) {
    this.#server = server;
    this.#random = random;
  }

  /** Does a deed of this kind. A server that is down receives it when everything is sent again. */
  do(deed: DeedName): Promise<void> {
    const interaction = this.#any();
    switch (deed) {
      case "email arrives":
      case "chat arrives":
        return this.#arrive(deed === "chat arrives" ? "chat" : "email");
      case "revoke":
      case "finish":
      case "reject":
        if (interaction === undefined) break;
        this.#interactions.delete(interaction.id);
        return this.#send({ ...sentFields(interaction), state: "Revoked", capabilities: [] });
      case "accept":
        if (interaction === undefined) break;
        interaction.state = "Accepted";
        return this.#send(sentFields(interaction));
      case "customer writes":
      case "write":
        if (interaction?.channel !== "chat" || interaction.state !== "Accepted") break;
        interaction.texts.push(this.#nextRemark());
        return this.#send({
          ...sentFields(interaction, interaction.texts.length - 1),
          state: "PropertiesChanged",
        });
      default:
        if (interaction === undefined) break;
        interaction.remark = this.#nextRemark();
        return this.#send({ ...sentFields(interaction), state: "PropertiesChanged" });
    }
    return Promise.resolve();
  }

  /** Sends everything to a server, as after its start. */
  sendAll(): Promise<void> {
    return this.#server.order(this.#list());
  }

  /** Sends a notification that changes no interaction; returns a function that returns whether a desk has received it. */
  async mark(): Promise<(desk: Desk) => boolean> {
    const reason = `mark${++this.#marks}`;
    const data = { channels: [{ channel: "marks", userState: { state: "NotReady", reason } }] };
    await this.#server.order({ notify: [{ topic: "/v2/me/channels", data }] });
    return (desk) => desk.channel("marks").reason === reason;
  }

  /** Returns all interactions, in a form for comparing. */
  get truth(): readonly object[] {
    const interactions = [...this.#interactions.values()].map(({ id, channel, state, remark, texts }) => {
      return { id, state, remark, texts: channel === "chat" ? [...texts] : [] };
    });
    return interactions.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  }

  #arrive(channel: "email" | "chat"): Promise<void> {
    const id = `${channel}${++this.#count}`;
    const interaction: ServerInteraction = {
      id,
      channel,
      state: "Invited",
      remark: this.#nextRemark(),
      texts: [],
    };
    this.#interactions.set(id, interaction);
    return this.#send(sentFields(interaction));
  }

  async #send(data: object): Promise<void> {
    if (!this.#server.isUp) return;
    await this.#server.order({ ...this.#list(), notify: [{ topic: "/v2/me/interactions", data }] });
  }

  #list(): Order {
    return { interactions: [...this.#interactions.values()].map((interaction) => sentFields(interaction)) };
  }

  #any(): ServerInteraction | undefined {
    const interactions = [...this.#interactions.values()];
    return interactions[Math.floor(this.#random() * interactions.length)];
  }

  #nextRemark(): string {
    return `${++this.#count} äß漢😀`;
  }
}

/** Returns the interactions of a desk, in the form of the truth. */
export function shown(desk: Desk): readonly object[] {
  const interactions = desk.interactions.getSnapshot().map((interaction) => {
    const { id, state, userData } = interaction;
    const events = interaction.kind === "chat" ? interaction.transcript.events : [];
    return { id, state, remark: userData["remark"], texts: events.map(({ text }) => text) };
  });
  return interactions.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

/** Returns an interaction as the server sends it, with its transcript from this place on; an offer has none yet. */
function sentFields({ id, channel, state, remark, texts }: ServerInteraction, from = 0): object {
  const events = texts.map((text, index) => ({ id: index + 1, type: "Text", text })).slice(from);
  const content =
    channel === "chat" && state === "Accepted" ? { content: { latestEventId: texts.length, events } } : {};
  const capabilities = state === "Invited" ? ["Accept", "Reject"] : ["StopProcessing"];
  return {
    id,
    channel,
    state,
    capabilities,
    userData: { remark },
    messageType: "InteractionStateMessage",
    ...content,
  };
}
