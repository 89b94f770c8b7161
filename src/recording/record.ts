import { DeskError, type Desk, type JournalEntry, type JournalMark, type Vocabulary } from "../index.ts";
import { format, redactEntry, version, type Header, type Unstamped } from "./format.ts";
import { entryFor } from "./journaled-entry.ts";
import { LineBuffer } from "./line-buffer.ts";
import { LineStream, type LineWriter, type WriteFailure } from "./line-writer.ts";
import { inClear, redactWith } from "./redaction.ts";
import type { Redactor } from "./schema.ts";
import { redactionsOf, type FieldRedactions } from "./server-fields.ts";
import { takeCheckpoint } from "./take-checkpoint.ts";

/** The options of {@link record}. */
export interface RecordOptions {
  /** Receives the lines. Without it the latest ones are kept as `text`. */
  readonly to?: LineWriter;
  /**
   * The number of characters that are kept, or may wait for a slow writer; default 8 million. Checkpoints are kept in
   * addition, and twice as many characters while the server's list cannot be read for long.
   */
  readonly maxCharacters?: number;
  /**
   * A secret from which pseudonyms are made, so that equal values have equal ones across recordings. A person who has it
   * can test whether a guessed text was there. Without it the pseudonyms of two recordings have nothing in common.
   */
  readonly pseudonyms?: string;
  /**
   * Fields of the server's messages that the library does not know, by name, and the part of them that stays. For a kind
   * of interaction or a dialect of an application; any other name is replaced like its value.
   */
  readonly fields?: FieldRedactions;
  /** Records the texts and names of customers and agents as they are. Such a recording is customer data. */
  readonly includeCustomerData?: boolean;
  /** Called once, when the writer fails and that ends the recording. The desk goes on. */
  readonly onFailure?: (failure: WriteFailure) => void;
}

/** A recording that is being made. */
export interface Recorder {
  /** The lines that are kept, as the text of a file. Empty when the lines go to a writer. */
  readonly text: string;
  /** Why nothing more is written; `undefined` while the recording goes on. */
  readonly failure: WriteFailure | undefined;
  /** Ends the recording. Resolves when everything was written; the writer is not closed. */
  readonly stop: () => Promise<void>;
}

const minCharacters = 1000;
/** Twice as many still fit into one text. */
const maxAllowed = 200_000_000;

/**
 * Records everything that happens to a desk from now on. The recording of a desk that was started before begins with a
 * checkpoint of its state, as soon as the desk does not read the server's list.
 *
 * The recorder never throws into the desk.
 *
 * @throws DeskError `invalid-options`
 */
export function record<Words extends Vocabulary>(desk: Desk<Words>, options?: RecordOptions): Recorder;
export function record(desk: Desk, options: RecordOptions = {}): Recorder {
  return new DeskRecorder(desk, options);
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
  /** Whether the last reading of the list has failed, so that the next waits for its time. */
  #hasFailedToRead = false;
  #started: readonly string[];
  /** The entries of the pending operations, by key. */
  readonly #seqs = new Map<number, number>();

  constructor(desk: Desk, options: RecordOptions) {
    const { to, pseudonyms, includeCustomerData = false, maxCharacters = 8_000_000 } = options;
    if (!(Number.isFinite(maxCharacters) && maxCharacters >= minCharacters && maxCharacters <= maxAllowed)) {
      const message = `The option "maxCharacters" must be a number from ${minCharacters} to ${maxAllowed}.`;
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
    this.#unsubscribe = journal.subscribe((entry) => {
      try {
        if (this.#failure === undefined) this.#write(entry);
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

  #write(entry: JournalEntry): void {
    const { at, nesting } = entry;
    // Before it takes effect, everything else has.
    if (nesting === 0) {
      const { journal } = this.#desk;
      if (!this.#hasBegun) {
        if (journal.isQuiet() || this.#canBegin()) this.#begin(at);
      } else if (this.#buffer?.isOverdue === true || (this.#buffer?.isDue === true && journal.isQuiet())) {
        this.#buffer.beginSegment();
        this.#begin(at);
      }
    }
    const written = this.#hasBegun ? entryFor(entry, this.#seqOf) : undefined;
    if (written !== undefined) this.#writeLine(written, entry);
    this.#remember(entry);
  }

  /** Returns the entry that began an operation. One from before the recording has none, so no `seq` is its number. */
  readonly #seqOf = (key: number): number => this.#seqs.get(key) ?? -key;

  /** While a list is read, only the desk knows the notifications that it received since it asked for the list. */
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
      seqOf: this.#seqOf,
    });
    this.#writeLine({ type: "checkpoint", ...checkpoint }, { at, nesting: 0, notificationIndex: 0 });
  }

  #writeLine(entry: Unstamped, { at, nesting, notificationIndex }: JournalMark): void {
    const seq = ++this.#seq;
    const t = at - this.#header.startedAt;
    const line = lineOf({
      seq,
      t,
      ...(nesting > 0 && { in: [notificationIndex, nesting] }),
      ...redactEntry(entry, this.#redactor),
    });
    this.#buffer?.push(line);
    this.#stream?.push(line);
  }

  /** Keeps what a checkpoint needs later, and which entry began which operation. */
  #remember({ type, payload }: JournalEntry): void {
    if (type === "start") this.#started = payload[0];
    else if (type === "settled") this.#seqs.delete(payload[0]);
    else if (type === "list") this.#hasFailedToRead = payload[0].kind === "failed";
    else if (type === "perform" && this.#hasBegun && typeof payload[1] === "number")
      this.#seqs.set(payload[1], this.#seq);
  }

  #fail(failure: WriteFailure): void {
    this.#unsubscribe?.();
    this.#failure = failure;
    try {
      this.#onFailure?.(failure);
    } catch {
      // The failure of a listener to failures must not reach the desk.
    }
  }
}

function lineOf(value: object): string {
  return `${JSON.stringify(value)}\n`;
}
