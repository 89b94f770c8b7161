import type {
  ChannelSnapshot,
  InteractionOf,
  ConnectionSnapshot,
  Interaction,
  OperationOutcome,
} from "../index.ts";
import { connectionText } from "./connection-text.ts";
import { eventText, titleOf } from "./interaction-title.ts";
import type { Labels } from "./labels.ts";
import type { Paint, Tone } from "./paint.ts";
import { pad, plain, wrap } from "./plain-text.ts";
import type { Reporter, Subject } from "./reporter.ts";

/** What a log needs. */
export interface LogOptions {
  readonly write: (line: string) => void;
  readonly labels: Labels;
  readonly paint: Paint;
  /** Milliseconds since the log began. */
  readonly elapsed: () => number;
}

const maxLine = 100;

/** Reports what happens in lines for people. */
export class Log implements Reporter {
  readonly #options: LogOptions;
  /** What was last said of each channel and interaction, so that only news is said. */
  readonly #last = new Map<string, string>();
  readonly #events = new Map<string, Set<number>>();

  constructor(options: LogOptions) {
    this.#options = options;
  }

  readonly changed: NonNullable<Reporter["changed"]> = (change) => {
    if (change.about === "connection") this.#connection(change.connection.getSnapshot());
    else if (change.about === "channel") this.#channel(change.channel.getSnapshot());
    else this.#interaction(change.interaction);
  };

  readonly anomaly: NonNullable<Reporter["anomaly"]> = ({ code, message }) => {
    this.#line("anomaly", `${code}: ${message}`, "quiet");
  };

  readonly asked = (subject: Subject, operation: string): void => {
    // That somebody types is seen in the transcript.
    if (operation === "SendNotification") return;
    this.#line(this.#options.labels.of(subject), `→ ${operation}`, "quiet");
  };

  readonly settled = (subject: Subject, outcome: OperationOutcome): void => {
    const isDone = outcome.outcome === "Done";
    if (isDone && outcome.operation === "SendNotification") return;
    const details = [outcome.reason, outcome.message].filter((detail) => detail !== undefined);
    const why = details.length === 0 ? "" : ` (${plain(details.join(", "))})`;
    const text = `${isDone ? "✓" : "✗"} ${outcome.operation}: ${outcome.outcome}${why}`;
    this.#line(this.#options.labels.of(subject), text, isDone ? "good" : "warning");
  };

  readonly failed: NonNullable<Reporter["failed"]> = ({ message }, interaction) => {
    this.#line(
      interaction === undefined ? "agent" : this.#options.labels.of(interaction),
      `✗ ${plain(message)}`,
      "warning",
    );
  };

  readonly told = (text: string): void => {
    this.#line("", text, "story");
  };

  #connection(snapshot: ConnectionSnapshot): void {
    const { text, tone } = connectionText(snapshot);
    if (this.#isNews("connection", text)) this.#line("connection", text, tone);
  }

  #channel({ name, state, reason }: ChannelSnapshot): void {
    const text = reason === null ? state : `${state} (${plain(reason)})`;
    if (this.#isNews(`channel ${name}`, text)) this.#line(plain(name), text, "strong");
  }

  #interaction(interaction: Interaction): void {
    const { id, state, isEnded, outcome } = interaction;
    // An ending is said when its outcome is known, which may take until the answer to an operation is there.
    const text = isEnded ? outcome && `ended: ${outcome}` : state;
    if (text !== null && this.#isNews(id, text)) this.#state(interaction, text);
    if (interaction.kind === "chat") this.#said(interaction);
  }

  #state(interaction: Interaction, text: string): void {
    const label = this.#options.labels.of(interaction);
    if (interaction.isEnded) return this.#line(label, text, "strong");
    this.#line(label, `${text}  ${titleOf(interaction.getSnapshot())}`.trimEnd(), "strong");
    const names = Object.keys(interaction.actions);
    if (names.length > 0) this.#line(label, `  now possible: ${names.join(", ")}`, "quiet");
    const content = interaction.kind === "email" ? (interaction.email?.text ?? "") : "";
    if (content !== "") this.#line(label, `  “${plain(content.replace(/\s+/g, " "))}”`);
  }

  /** What was said in a chat since the last time; also what came late and stands before it. */
  #said({ id, channel, transcript }: InteractionOf<"chat">): void {
    const seen = this.#events.get(id) ?? new Set();
    this.#events.set(id, seen);
    for (const event of transcript.events) {
      if (seen.has(event.id)) continue;
      seen.add(event.id);
      const words = eventText(transcript, event);
      if (words !== undefined) this.#line(this.#options.labels.ofInteraction({ id, channel }), `  ${words}`);
    }
  }

  #isNews(key: string, text: string): boolean {
    if (this.#last.get(key) === text) return false;
    this.#last.set(key, text);
    return true;
  }

  #line(label: string, text: string, tone?: Tone): void {
    const { write, paint, elapsed } = this.#options;
    const time = `${(elapsed() / 1000).toFixed(2).padStart(6)}s`;
    const [first = "", ...others] = wrap(text, maxLine);
    for (const [index, line] of [first, ...others].entries()) {
      const start = index === 0 ? `${time}  ${pad(label, 11)} ` : " ".repeat(time.length + 18);
      write(`${paint("quiet", start)}${tone === undefined ? line : paint(tone, line)}\n`);
    }
  }
}
