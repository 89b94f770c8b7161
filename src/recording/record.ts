import { DeskError, type Desk, type JournalEntry, type JournalMark, type Vocabulary } from "../index.ts";
import { format, redactEntry, version, type Header, type Unstamped } from "./format.ts";
import { entryFor } from "./journaled-entry.ts";
import { LineBuffer } from "./line-buffer.ts";
import { LineStream, type LineWriter, type WriteFailure } from "./line-writer.ts";
import { inClear, redactWith } from "./redaction.ts";
import type { Redactor } from "./schema.ts";
import { redactionsOf, type FieldRedactions } from "./server-fields.ts";
import { takeCheckpoint } from "./take-checkpoint.ts";

/** How a desk is recorded. */
export interface RecordOptions {
  /** Where the lines go. Without it the latest ones are kept, to be had as `text`. */
  readonly to?: LineWriter;
  /**
   * How many characters are kept, or may wait for a slow writer; default 8 million. Checkpoints are kept besides, and
   * twice as many characters when the server's list cannot be read for long.
   */
  readonly maxCharacters?: number;
  /**
   * A secret. Stand-ins are made by it, so that equal values have equal ones also across recordings; whoever has it can
   * find out whether a text that they guess was there. Without it the stand-ins of two recordings have nothing in common.
   */
  readonly pseudonyms?: string;
  /**
   * Fields of the server's messages that the library does not know, by name, and what of them may stay. For a kind of
   * interaction or a dialect that an application brings; any other name is replaced like its value.
   */
  readonly fields?: FieldRedactions;
  /** Records what customers and agents wrote and are called as it is. Such a recording is customer data. */
  readonly includeCustomerData?: boolean;
  /** Told once, when the writer fails and the recording ends by that. The desk goes on. */
  readonly onFailure?: (failure: WriteFailure) => void;
}

/** A recording that is being made. */
export interface Recorder {
  /** What is kept, as the text of a file. Empty when the lines go elsewhere. */
  readonly text: string;
  /** Why nothing more is written; `undefined` while all is well. */
  readonly failure: WriteFailure | undefined;
  /** Ends the recording. Resolves when the writer has taken everything; it is not closed. */
  readonly stop: () => Promise<void>;
}

const least = 1000;
/** Twice as many still fit into one text. */
const most = 200_000_000;

/**
 * Records everything that happens to a desk, from now on. A desk that was started before is recorded from a checkpoint:
 * what it holds then, as soon as no reading of the server's list is under way.
 *
 * What the recorder does never throws into the desk.
 *
 * @throws DeskError `invalid-options`
 */
export function record<Words extends Vocabulary>(desk: Desk<Words>, options: RecordOptions = {}): Recorder {
  // The operations of a dialect are types only.
  return new DeskRecorder(desk as unknown as Desk, options);
}

class DeskRecorder implements Recorder {
  readonly #desk: Desk;
  readonly #redactor: Redactor;
  readonly #header: Header;
  readonly #onFailure: RecordOptions["onFailure"];
  readonly #buffer: LineBuffer | undefined;
  readonly #stream: LineStream | undefined;
  #unsubscribe: (() => void) | undefined;
  #failure: WriteFailure | undefined;
  #seq = 0;
  #hasBegun = false;
  /** Has the last reading of the list failed, so that the next waits for its time? */
  #hasFailedToRead = false;
  #started: readonly string[];
  /** The entries of the operations under way, by key. */
  readonly #seqs = new Map<number, number>();

  constructor(desk: Desk, options: RecordOptions) {
    const { to, pseudonyms, includeCustomerData = false, maxCharacters = 8_000_000 } = options;
    if (!(Number.isFinite(maxCharacters) && maxCharacters >= least && maxCharacters <= most)) {
      const message = `The option "maxCharacters" must be a number from ${least} to ${most}.`;
      throw new DeskError("invalid-options", message);
    }
    const { journal, connection, channels } = desk;
    this.#desk = desk;
    this.#redactor = includeCustomerData
      ? inClear
      : redactWith(pseudonyms, { ...redactionsOf(journal.recordFields), ...options.fields });
    this.#onFailure = options.onFailure;
    this.#started = channels.getSnapshot().map(({ name }) => name);
    this.#header = {
      format,
      version,
      dialect: journal.dialect ?? "unknown",
      startedAt: journal.now(),
      redaction: includeCustomerData ? "clear" : pseudonyms === undefined ? "masked" : "pseudonyms",
      keepEnded: journal.keepEnded,
    };
    if (to === undefined) this.#buffer = new LineBuffer(maxCharacters);
    else {
      this.#stream = new LineStream(to, maxCharacters, (failure) => this.#fail(failure));
      this.#stream.push(lineOf(this.#header));
    }
    // Those that began before the recording have no entry, and are named by what none is.
    for (const { key } of journal.running()) this.#seqs.set(key, -key);
    this.#unsubscribe = journal.subscribe((entry) => {
      try {
        if (this.#failure === undefined) this.#take(entry);
      } catch {
        this.#fail({ code: "write-failed", message: "An entry could not be written; nothing more is." });
      }
    });
    if (connection.state === "Offline") this.#hasBegun = true;
    else if (journal.isQuiet()) this.#begin(journal.now());
  }

  get text(): string {
    return this.#buffer === undefined ? "" : lineOf(this.#header) + this.#buffer.text;
  }

  get failure(): WriteFailure | undefined {
    return this.#failure;
  }

  readonly stop = async (): Promise<void> => {
    this.#unsubscribe?.();
    await this.#stream?.end();
  };

  #take(entry: JournalEntry): void {
    const { at, nesting: depth } = entry;
    // Before it takes effect, everything else has.
    if (depth === 0) {
      const { journal } = this.#desk;
      if (!this.#hasBegun) {
        if (journal.isQuiet() || this.#canBegin()) this.#begin(at);
      } else if (this.#buffer?.isOverdue === true || (this.#buffer?.isDue === true && journal.isQuiet())) {
        this.#buffer.beginSegment();
        this.#begin(at);
      }
    }
    const written = this.#hasBegun ? entryFor(entry, (key) => this.#seqs.get(key)) : undefined;
    if (written !== undefined) this.#write(written, entry);
    this.#remember(entry);
  }

  /** While a list is read, what was heard since it was asked for is known to the desk alone. */
  #canBegin(): boolean {
    const { state } = this.#desk.connection;
    return state === "CatchingUp" ? this.#hasFailedToRead : state !== "Live";
  }

  /** A replay can begin here. */
  #begin(at: number): void {
    this.#hasBegun = true;
    const checkpoint = takeCheckpoint(this.#desk, {
      started: this.#started,
      startedAt: this.#header.startedAt,
      seqOf: (key) => this.#seqs.get(key) ?? -key,
    });
    this.#write({ type: "checkpoint", ...checkpoint }, { at, nesting: 0, notificationIndex: 0 });
  }

  #write(entry: Unstamped, { at, nesting: depth, notificationIndex: point }: JournalMark): void {
    const seq = ++this.#seq;
    const t = at - this.#header.startedAt;
    const line = lineOf({
      seq,
      t,
      ...(depth > 0 && { in: [point, depth] }),
      ...redactEntry(entry, this.#redactor),
    });
    this.#buffer?.push(line);
    this.#stream?.push(line);
  }

  /** Keeps what a checkpoint will have to say, and which entry began which operation. */
  #remember({ type, payload: told }: JournalEntry): void {
    if (type === "start") this.#started = told[0];
    else if (type === "settled") this.#seqs.delete(told[0]);
    else if (type === "list") this.#hasFailedToRead = told[0].kind === "failed";
    else if (type === "perform" && typeof told[1] === "number")
      this.#seqs.set(told[1], this.#hasBegun ? this.#seq : -told[1]);
  }

  #fail(failure: WriteFailure): void {
    this.#unsubscribe?.();
    this.#failure = failure;
    try {
      this.#onFailure?.(failure);
    } catch {
      // Whoever is told of a failure must not make another one in the desk.
    }
  }
}

function lineOf(value: object): string {
  return `${JSON.stringify(value)}\n`;
}
