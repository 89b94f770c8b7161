import type { Random } from "../../src/domain/random.ts";
import type { Desk } from "../../src/index.ts";
import type { DeedName } from "../link/schedule.ts";
import type { JavaServer, Order } from "./java-server.ts";

/** An interaction as the server has it. */
interface ServerInteraction {
  readonly id: string;
  readonly channel: "email" | "chat";
  state: "Invited" | "Accepted";
  note: string;
  readonly texts: string[];
}

/** What customers and supervisors do, told to a server that lists it and notifies of it. */
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

  /** Does the like of a deed. A server that is down learns of it when it is told everything. */
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
        return this.#tell({ ...told(interaction), state: "Revoked", capabilities: [] });
      case "accept":
        if (interaction === undefined) break;
        interaction.state = "Accepted";
        return this.#tell(told(interaction));
      case "customer says":
      case "say":
        if (interaction?.channel !== "chat" || interaction.state !== "Accepted") break;
        interaction.texts.push(this.#note());
        return this.#tell({ ...told(interaction, interaction.texts.length - 1), state: "PropertiesChanged" });
      default:
        if (interaction === undefined) break;
        interaction.note = this.#note();
        return this.#tell({ ...told(interaction), state: "PropertiesChanged" });
    }
    return Promise.resolve();
  }

  /** Tells a server everything, as after its start. */
  tellAll(): Promise<void> {
    return this.#server.order(this.#list());
  }

  /** Says something that changes no interaction; gives whether a desk has heard it. */
  async mark(): Promise<(desk: Desk) => boolean> {
    const reason = `mark${++this.#marks}`;
    const data = { channels: [{ channel: "marks", userState: { state: "NotReady", reason } }] };
    await this.#server.order({ notify: [{ topic: "/v2/me/channels", data }] });
    return (desk) => desk.channel("marks").reason === reason;
  }

  /** What there is, in a form for comparing. */
  get truth(): readonly object[] {
    const interactions = [...this.#interactions.values()].map(({ id, channel, state, note, texts }) => {
      return { id, state, note, texts: channel === "chat" ? [...texts] : [] };
    });
    return interactions.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  }

  #arrive(channel: "email" | "chat"): Promise<void> {
    const id = `${channel}${++this.#count}`;
    const interaction: ServerInteraction = { id, channel, state: "Invited", note: this.#note(), texts: [] };
    this.#interactions.set(id, interaction);
    return this.#tell(told(interaction));
  }

  async #tell(data: object): Promise<void> {
    if (!this.#server.isUp) return;
    await this.#server.order({ ...this.#list(), notify: [{ topic: "/v2/me/interactions", data }] });
  }

  #list(): Order {
    return { interactions: [...this.#interactions.values()].map((interaction) => told(interaction)) };
  }

  #any(): ServerInteraction | undefined {
    const interactions = [...this.#interactions.values()];
    return interactions[Math.floor(this.#random() * interactions.length)];
  }

  #note(): string {
    return `${++this.#count} äß漢😀`;
  }
}

/** What a desk shows, in the form of the truth. */
export function shown(desk: Desk): readonly object[] {
  const interactions = desk.interactions.getSnapshot().map((interaction) => {
    const { id, state, userData } = interaction;
    const events = interaction.kind === "chat" ? interaction.transcript.events : [];
    return { id, state, note: userData["note"], texts: events.map(({ text }) => text) };
  });
  return interactions.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

/** An interaction as the server tells it, with its transcript from this place on; an offer has none yet. */
function told({ id, channel, state, note, texts }: ServerInteraction, from = 0): object {
  const events = texts.map((text, index) => ({ id: index + 1, type: "Text", text })).slice(from);
  const content =
    channel === "chat" && state === "Accepted" ? { content: { latestEventId: texts.length, events } } : {};
  const capabilities = state === "Invited" ? ["Accept", "Reject"] : ["StopProcessing"];
  return {
    id,
    channel,
    state,
    capabilities,
    userData: { note },
    messageType: "InteractionStateMessage",
    ...content,
  };
}
