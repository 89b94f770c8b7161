import type { Desk, Interaction } from "../index.ts";
import { answerEmail } from "./answer-email.ts";
import { holdChat } from "./hold-chat.ts";
import type { Operate } from "./reporter.ts";
import { isPossible, type Shift } from "./shift.ts";
import { pause } from "./wait.ts";

/** What an automatic agent needs. */
export interface AutoAgentOptions {
  readonly desk: Desk;
  readonly channels: readonly string[];
  readonly nickname: string;
  readonly operate: Operate;
}

/** Makes channels Ready, accepts what is offered, answers it and finishes it, until it is told to come to an end. */
export class AutoAgent {
  readonly #channels: readonly string[];
  readonly #shift: Shift;
  readonly #closing = new AbortController();
  readonly #over = new AbortController();
  /** What is done now, by interaction. */
  readonly #work = new Map<string, Promise<void>>();

  constructor({ desk, channels, nickname, operate }: AutoAgentOptions) {
    this.#channels = channels;
    this.#shift = { desk, nickname, operate, closing: this.#closing.signal, over: this.#over.signal };
  }

  /** Goes to work; the desk may be started before or after. */
  begin(): void {
    const { desk } = this.#shift;
    desk.changes.subscribe((change) => {
      if (change.about === "connection" && change.connection.state === "Live") this.#live();
      if (change.about === "interaction") this.#look(change.interaction);
    });
    if (desk.connection.state === "Live") this.#live();
  }

  /** Takes no new work and finishes what is under way, within so many milliseconds. */
  async end(patience: number): Promise<void> {
    this.#closing.abort();
    const notReady = this.#channels.map((name) => this.#goNotReady(name));
    const { over } = this.#shift;
    await Promise.race([Promise.all([...notReady, ...this.#work.values()]), pause(patience, over)]);
    this.#over.abort();
  }

  #live(): void {
    const { desk, operate, closing } = this.#shift;
    if (closing.aborted) return;
    for (const name of this.#channels) {
      const channel = desk.channel(name);
      void operate(channel, "Ready", channel.actions.Ready?.());
    }
    // What was there before, or came while nobody could look.
    for (const interaction of desk.interactions.getSnapshot()) this.#look(interaction);
  }

  async #goNotReady(name: string): Promise<void> {
    const { desk, operate } = this.#shift;
    const channel = desk.channel(name);
    // Ready may have been asked for and not be told yet.
    const isOff = channel.state !== "Ready" && channel.pending.length === 0;
    if (isOff || !(await isPossible(channel, "NotReady", this.#shift))) return;
    await operate(channel, "NotReady", channel.actions.NotReady?.());
  }

  #look(interaction: Interaction): void {
    const { id, state } = interaction;
    if (this.#work.has(id) || this.#closing.signal.aborted) return;
    if (state !== "Invited" && state !== "Accepted") return;
    const done = this.#handle(interaction).finally(() => this.#work.delete(id));
    this.#work.set(id, done);
  }

  async #handle(interaction: Interaction): Promise<void> {
    if (interaction.channel === "other") return;
    if (interaction.state === "Invited" && !(await this.#accept(interaction))) return;
    if (interaction.channel === "email") await answerEmail(interaction, this.#shift);
    else await holdChat(interaction, this.#shift);
  }

  async #accept(interaction: Exclude<Interaction, { channel: "other" }>): Promise<boolean> {
    const { operate, nickname, closing } = this.#shift;
    await pause(600, closing);
    // Who closes takes nothing new: not being Ready any more makes the server take the offer back.
    if (closing.aborted || !(await isPossible(interaction, "Accept", this.#shift))) return false;
    const outcome = await operate(interaction, "Accept", interaction.actions.Accept?.({ nickname }));
    return outcome?.outcome === "Done";
  }
}
