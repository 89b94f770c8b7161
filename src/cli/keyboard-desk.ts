import type { ReadStream, WriteStream } from "node:tty";
import type { Desk, Interaction, OperationOutcome } from "../index.ts";
import type { Ending } from "./ending.ts";
import { bindings, chosenOf, type Command, type ScreenModel } from "./keys.ts";
import type { Labels } from "./labels.ts";
import { LineEditor } from "./line-editor.ts";
import type { KeyPress } from "./read-keys.ts";
import type { Operate, Reporter } from "./reporter.ts";
import { drawScreen } from "./screen.ts";
import { Terminal } from "./terminal.ts";

/** What a desk on a terminal needs. */
export interface KeyboardDeskOptions {
  readonly desk: Desk;
  readonly stdin: ReadStream;
  readonly stdout: WriteStream;
  readonly labels: Labels;
  readonly ending: Ending;
  readonly title: string;
  /** What chat customers see as the agent's name. */
  readonly nickname: string;
}

/** A desk that is shown on a terminal and worked by keys. It draws again after each change. */
export class KeyboardDesk implements Reporter {
  readonly #options: KeyboardDeskOptions;
  readonly #terminal: Terminal;
  readonly #news: string[] = [];
  #operate: Operate | undefined;
  #selectedId: string | undefined;
  #editor: LineEditor | undefined;
  #isDrawing = false;
  #isQuitting = false;
  #isPasting = false;

  constructor(options: KeyboardDeskOptions) {
    this.#options = options;
    this.#terminal = new Terminal(options.stdin, options.stdout);
  }

  readonly changed = (): void => this.#draw();
  readonly anomaly = (): void => this.#draw();
  readonly settled: NonNullable<Reporter["settled"]> = (subject, { operation, outcome, reason, message }) => {
    const lossReason = reason ?? message;
    this.#tell(
      `${this.#options.labels.of(subject)}  ${operation}: ${outcome}${lossReason === undefined ? "" : ` (${lossReason})`}`,
    );
  };

  open(operate: Operate): void {
    this.#operate = operate;
    this.#terminal.open({ pressed: (key) => this.#pressed(key), resized: () => this.#draw() });
    this.#draw();
  }

  /** Makes all channels NotReady; what is worked on stays with the agent. */
  async end(): Promise<void> {
    this.#tell("Going NotReady and signing off …");
    const ready = this.#options.desk.channels
      .getSnapshot()
      .filter(({ state, pending }) => state === "Ready" || pending.includes("Ready"));
    await Promise.all(
      ready.map(async (channel) => this.#operate?.(channel, "NotReady", channel.actions.NotReady?.())),
    );
  }

  close(): void {
    this.#terminal.close();
  }

  #model(): ScreenModel {
    const { desk, labels, title } = this.#options;
    const live = desk.interactions.getSnapshot();
    const offered = desk.invitations.getSnapshot();
    const others = live.filter(({ state }) => state !== "Invited");
    const shown = [...offered, ...others, ...desk.ended.getSnapshot()];
    // What is chosen stays chosen when others come, or a key would meet something else than was seen.
    if (!shown.some(({ id }) => id === this.#selectedId)) this.#selectedId = shown[0]?.id;
    return {
      title,
      connection: desk.connection.getSnapshot(),
      channels: desk.channels.getSnapshot().map((channel) => channel.getSnapshot()),
      interactions: shown.map((interaction) => ({
        ...interaction.getSnapshot(),
        label: labels.ofInteraction(interaction),
      })),
      selectedId: this.#selectedId,
      news: this.#news,
      anomalies: desk.anomalies.total(),
      prompt: this.#editor,
    };
  }

  /** Changes come in bursts; one drawing shows them all. */
  #draw(): void {
    if (this.#isDrawing) return;
    this.#isDrawing = true;
    setImmediate(() => {
      this.#isDrawing = false;
      this.#terminal.show(drawScreen(this.#model(), this.#terminal.size));
    });
  }

  #tell(text: string): void {
    this.#news.push(text);
    if (this.#news.length > 20) this.#news.shift();
    this.#draw();
  }

  #pressed(key: KeyPress): void {
    if (key.ctrl && key.name === "c") return this.#options.ending.interrupt(() => {});
    if (key.name === "paste-start") this.#isPasting = true;
    if (this.#editor !== undefined) this.#editor.press(key);
    // What is pasted where no line is typed must not be taken for commands.
    else if (!this.#isPasting) {
      const binding = bindings(this.#model()).find(
        ({ key: name }) => name === (key.text === "" ? key.name : key.text),
      );
      if (binding?.command.does !== "quit") this.#isQuitting = false;
      if (binding !== undefined) this.#run(binding.command);
    }
    if (key.name === "paste-end") this.#isPasting = false;
    this.#draw();
  }

  #run(command: Command): void {
    const { desk } = this.#options;
    const model = this.#model();
    const id = chosenOf(model)?.id;
    const interaction = id === undefined ? undefined : desk.interaction(id);
    switch (command.does) {
      case "choose": {
        const ids = model.interactions.map((shown) => shown.id);
        this.#selectedId = ids[Math.min(ids.length - 1, Math.max(0, ids.indexOf(id ?? "") + command.by))];
        return;
      }
      case "ready": {
        const channel = desk.channel(command.channel);
        void this.#operate?.(channel, command.operation, channel.actions[command.operation]?.());
        return;
      }
      case "dismiss":
        interaction?.dismiss();
        return;
      case "quit":
        return this.#quit();
      case "write":
        if (interaction !== undefined && interaction.kind !== "other") this.#write(interaction);
        return;
      case "perform":
        if (interaction !== undefined && interaction.kind !== "other")
          void this.#perform(interaction, command.operation);
    }
  }

  async #perform(interaction: Handled, operation: string): Promise<void> {
    const parameters = operation === "Accept" ? { nickname: this.#options.nickname } : undefined;
    const actions = interaction.actions as Readonly<Record<string, Action>>;
    const outcome = await this.#operate?.(interaction, operation, actions[operation]?.(parameters));
    // Whoever begins a reply wants to write it.
    if (outcome?.interactionId !== undefined) this.#selectedId = outcome.interactionId;
    this.#draw();
  }

  /** Opens a line for this interaction; what is typed goes to it, whatever is chosen meanwhile. */
  #write(interaction: Handled): void {
    const type = (noticeType: "TypingStarted" | "TypingStopped"): void => {
      if (interaction.kind === "chat") void interaction.actions.SendNotification?.({ noticeType });
    };
    type("TypingStarted");
    this.#selectedId = interaction.id;
    this.#editor = new LineEditor({
      label: `To ${this.#options.labels.of(interaction)}`,
      submitted: (text) => {
        const sending = interaction.actions.Send?.({ text });
        if (sending === undefined) return this.#tell("It cannot be sent now; what you typed is kept.");
        this.#editor = undefined;
        void this.#send(interaction, sending);
      },
      canceled: () => {
        this.#editor = undefined;
        type("TypingStopped");
      },
    });
  }

  async #send(interaction: Handled, sending: Promise<OperationOutcome>): Promise<void> {
    const outcome = await this.#operate?.(interaction, "Send", sending);
    // After the reply comes finishing what was replied to.
    const { id, parentId } = interaction;
    if (outcome?.outcome === "Done" && parentId !== undefined && this.#selectedId === id)
      this.#selectedId = parentId;
    this.#draw();
  }

  #quit(): void {
    const { desk, ending } = this.#options;
    const left = desk.interactions.getSnapshot().filter(({ state }) => state !== "Invited").length;
    if (left === 0 || this.#isQuitting) return ending.request();
    this.#isQuitting = true;
    this.#tell(
      `${left === 1 ? "1 interaction is" : `${left} interactions are`} not finished; q again leaves all the same.`,
    );
  }
}

type Handled = Exclude<Interaction, { channel: "other" }>;
type Action = ((parameters?: object) => Promise<OperationOutcome>) | undefined;
