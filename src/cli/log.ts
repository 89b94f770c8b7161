import { type ColorTone, type Colorize } from "../load/index.ts";
import type { Interaction, OperationOutcome, Transcript } from "../index.ts";
import {
  channelText,
  connectionText,
  connectionTone,
  interactionTitle,
  outcomeText,
  sanitizeLine,
  transcriptEventText,
} from "../text/index.ts";
import { isInteraction, type DeskEvent, type InteractionContent, type ReportedTarget } from "./reporter.ts";
import { pad, wrap } from "./text-columns.ts";

/** Where a log goes. */
export interface LogOptions {
  readonly write: (line: string) => void;
  readonly colorize: Colorize;
  /** Milliseconds since the log began. */
  readonly elapsed: () => number;
}

const maxLine = 100;
/** Typing shows in the transcript. */
const unlogged = "SendNotification";

/** Prints the events of a desk as lines for people. */
export class Log {
  readonly #options: LogOptions;
  /** The last text of each channel and interaction, so that repeats are not printed. */
  readonly #last = new Map<string, string>();
  readonly #numbers = new Map<string, number>();
  readonly #events = new Map<string, Set<number>>();

  constructor(options: LogOptions) {
    this.#options = options;
  }

  readonly report = (event: DeskEvent): void => {
    switch (event.type) {
      case "change": {
        const { change } = event;
        if (change.about === "interaction") return this.#interaction(change.interaction);
        if (change.about === "connection") {
          const snapshot = change.connection.getSnapshot();
          return this.#changed("connection", connectionText(snapshot), connectionTone(snapshot));
        }
        const snapshot = change.channel.getSnapshot();
        return this.#changed(sanitizeLine(snapshot.name), channelText(snapshot), "strong");
      }
      case "anomaly":
        return this.#line("anomaly", `${event.anomaly.code}: ${event.anomaly.message}`, "quiet");
      case "sent":
        if (event.operation === unlogged) return;
        return this.#line(this.#label(event.target), `→ ${event.operation}`, "quiet");
      case "settled":
        return this.#outcome(event.target, event.outcome);
      case "failed": {
        const { failure, interaction } = event;
        const label = interaction === undefined ? "agent" : this.#label(interaction);
        return this.#line(label, `✗ ${sanitizeLine(failure.message)}`, "warning");
      }
      case "scenario":
        return this.#line("", event.text, "scenario");
    }
  };

  #outcome(target: ReportedTarget, outcome: OperationOutcome): void {
    const isDone = outcome.outcome === "Done";
    if (isDone && outcome.operation === unlogged) return;
    const text = `${isDone ? "✓" : "✗"} ${outcome.operation}: ${outcomeText(outcome)}`;
    this.#line(this.#label(target), text, isDone ? "good" : "warning");
  }

  #changed(label: string, text: string, tone: ColorTone): void {
    if (this.#isNew(`the ${label}`, text)) this.#line(label, text, tone);
  }

  #interaction(interaction: Interaction): void {
    const { id, state, isEnded, outcome } = interaction;
    // The outcome may only be known when the answer to an operation has arrived.
    const text = isEnded ? outcome && `ended: ${outcome}` : state;
    if (text !== null && this.#isNew(id, text)) this.#state(interaction, text);
    const { transcript }: InteractionContent = interaction;
    if (transcript !== undefined) this.#transcript(interaction, transcript);
  }

  #state(interaction: Interaction, state: string): void {
    const label = this.#label(interaction);
    if (interaction.isEnded) return this.#line(label, state, "strong");
    this.#line(label, `${state}  ${interactionTitle(interaction.getSnapshot())}`.trimEnd(), "strong");
    const names = Object.keys(interaction.actions);
    if (names.length > 0) this.#line(label, `  now possible: ${names.join(", ")}`, "quiet");
    const { email }: InteractionContent = interaction;
    const text = email?.text ?? "";
    if (text !== "") this.#line(label, `  “${sanitizeLine(text.replace(/\s+/g, " "))}”`);
  }

  /** Prints the new events of a transcript, also those that arrived late and belong before others. */
  #transcript(interaction: Interaction, transcript: Transcript): void {
    const printed = this.#events.get(interaction.id) ?? new Set();
    this.#events.set(interaction.id, printed);
    for (const event of transcript.events) {
      if (printed.has(event.id)) continue;
      printed.add(event.id);
      const text = transcriptEventText(transcript, event);
      if (text !== undefined) this.#line(this.#label(interaction), `  ${text}`);
    }
  }

  /** Returns the channel and a number for an interaction, such as `chat 2`; the name for a channel. */
  #label(target: ReportedTarget): string {
    if (!isInteraction(target)) return sanitizeLine(target.name);
    const number = this.#numbers.get(target.id) ?? this.#numbers.size + 1;
    this.#numbers.set(target.id, number);
    return `${sanitizeLine(target.channel)} ${number}`;
  }

  #isNew(key: string, text: string): boolean {
    if (this.#last.get(key) === text) return false;
    this.#last.set(key, text);
    return true;
  }

  #line(label: string, text: string, tone?: ColorTone): void {
    const { write, colorize, elapsed } = this.#options;
    const time = `${(elapsed() / 1000).toFixed(2).padStart(6)}s`;
    for (const [index, line] of wrap(text, maxLine).entries()) {
      const start = index === 0 ? `${time}  ${pad(label, 11)} ` : " ".repeat(time.length + 14);
      write(`${colorize("quiet", start)}${tone === undefined ? line : colorize(tone, line)}\n`);
    }
  }
}
