import type { Desk, InteractionOf, OperationOutcome } from "../../src/index.ts";
import type { Random } from "../../src/domain/random.ts";
import type { SimulatedChat, SimulatedEmail, Simulator } from "../../src/simulator/index.ts";
import type { DeedName } from "./schedule.ts";

/** An operation that the agent asked for. */
export interface Asked {
  readonly operation: string;
  /** The text of a message; no two are equal. */
  readonly text: string | undefined;
  outcome: OperationOutcome | undefined;
}

/** Customers, an agent and a supervisor at work, as far as what the desk shows lets them. */
export class Traffic {
  readonly asked: Asked[] = [];
  readonly #desk: Desk;
  readonly #simulator: Simulator;
  readonly #user: string;
  readonly #random: Random;
  readonly #chats: SimulatedChat[] = [];
  readonly #emails: SimulatedEmail[] = [];
  #texts = 0;

  constructor(desk: Desk, simulator: Simulator, user: string, random: Random) {
    this.#desk = desk;
    this.#simulator = simulator;
    this.#user = user;
    this.#random = random;
  }

  /** The number of times that each text reached a customer. */
  executions(text: string): number {
    const said = this.#chats.flatMap(({ transcript }) => transcript.filter((event) => event.text === text));
    const sent = this.#emails.flatMap(({ replies }) => replies.filter((reply) => reply.text === text));
    return said.length + sent.length;
  }

  do(deed: DeedName): void {
    const { customers } = this.#simulator;
    switch (deed) {
      case "email arrives":
        return void this.#emails.push(customers.email());
      case "chat arrives":
        return void this.#chats.push(customers.chat({ text: this.#text("hello") }));
      case "customer writes":
        return this.#any(this.#chats)?.write(this.#text("customer"));
      case "customer types":
        return this.#any(this.#chats)?.startTyping();
      case "customer leaves":
        return this.#any(this.#chats)?.leave();
      case "accept":
        return this.#ask("Accept", this.#any(this.#desk.invitations.getSnapshot())?.actions.Accept, {
          nickname: "Ana",
        });
      case "reject":
        return this.#ask("Reject", this.#any(this.#desk.invitations.getSnapshot())?.actions.Reject);
      case "write": {
        const text = this.#text("agent");
        return this.#ask("Send", this.#any(this.#chatsAtDesk())?.actions.Send, { text });
      }
      case "type":
        return this.#ask("SendNotification", this.#any(this.#chatsAtDesk())?.actions.SendNotification, {
          noticeType: "TypingStarted",
        });
      case "reply":
        return this.#ask("Reply", this.#any(this.#emailsAtDesk("Accepted"))?.actions.Reply);
      case "send email": {
        const text = this.#text("reply");
        return this.#ask("Send", this.#any(this.#emailsAtDesk("Composing"))?.actions.Send, { text });
      }
      case "cancel email":
        return this.#ask("Cancel", this.#any(this.#emailsAtDesk("Composing"))?.actions.Cancel);
      case "edit user data":
        return this.#editUserData();
      case "finish":
        return this.#finish();
      case "change readiness":
        return this.#changeReadiness();
      case "revoke":
        return this.#revoke();
      case "offer again": {
        const parked = [...this.#chats, ...this.#emails].find(({ state }) => state === "Parked");
        return parked === undefined ? undefined : this.#offer(parked.id);
      }
    }
  }

  #ask<Parameters extends unknown[]>(
    operation: string,
    action: ((...parameters: Parameters) => Promise<OperationOutcome>) | undefined,
    ...parameters: Parameters
  ): void {
    if (action === undefined) return;
    const { text } = { text: undefined, ...(parameters[0] as { text?: string } | undefined) };
    const asked: Asked = { operation, text, outcome: undefined };
    this.asked.push(asked);
    void action(...parameters).then((outcome) => (asked.outcome = outcome));
  }

  #editUserData(): void {
    const interaction = this.#any(this.#desk.interactions.getSnapshot());
    if (interaction === undefined || interaction.state !== "Accepted") return;
    const asked: Asked = { operation: "editUserData", text: undefined, outcome: undefined };
    this.asked.push(asked);
    const edited = interaction.editUserData((draft) => {
      draft["Note"] = this.#text("note");
      delete draft["Subject"];
    });
    void edited.then(([first]) => (asked.outcome = first ?? { operation: "none", outcome: "Done" }));
  }

  #finish(): void {
    const chat = this.#any(this.#chatsAtDesk());
    switch (Math.floor(this.#random() * 4)) {
      case 0:
        return this.#ask("StopProcessing", this.#any(this.#emailsAtDesk("Accepted"))?.actions.StopProcessing);
      case 1:
        return this.#ask("EndChatSession", chat?.actions.EndChatSession);
      case 2:
        return this.#ask("LeaveChat", chat?.actions.LeaveChat);
      default:
        return this.#ask("StopProcessing", chat?.actions.StopProcessing);
    }
  }

  #changeReadiness(): void {
    const { actions } = this.#desk.channel(this.#random() < 0.5 ? "email" : "chat");
    if (this.#random() < 0.7) this.#ask("Ready", actions.Ready);
    else this.#ask("NotReady", actions.NotReady, this.#random() < 0.5 ? {} : { reason: "Break" });
  }

  #offer(id: string): void {
    try {
      this.#simulator.offer(id);
    } catch {
      // A restart made the server forget it.
    }
  }

  #revoke(): void {
    const one = this.#any(this.#simulator.snapshot(this.#user).interactions);
    if (one === undefined || one.type === "Outbound") return;
    this.#simulator.revoke(one.id);
  }

  #chatsAtDesk(): InteractionOf<"chat">[] {
    return this.#desk.interactions
      .getSnapshot()
      .filter((one): one is InteractionOf<"chat"> => one.kind === "chat" && one.state === "Accepted");
  }

  #emailsAtDesk(state: string): InteractionOf<"email">[] {
    return this.#desk.interactions
      .getSnapshot()
      .filter((one): one is InteractionOf<"email"> => one.kind === "email" && one.state === state);
  }

  #any<Member>(members: readonly Member[]): Member | undefined {
    return members[Math.floor(this.#random() * members.length)];
  }

  #text(who: string): string {
    return `${who} ${++this.#texts} äß漢😀`;
  }
}
