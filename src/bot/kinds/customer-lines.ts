import type { InteractionOf, Transcript, TranscriptEvent } from "../../index.ts";

/** A line of the customer of a chat. Plain text from a stranger: escape it. */
export type CustomerLine = TranscriptEvent & { readonly text: string };

/**
 * The lines of the customer of one chat that the script has not received. Each line comes once, however often and in
 * whatever order the server delivers it. A line that fills a gap comes when it is delivered.
 */
export class CustomerLines {
  readonly #chat: InteractionOf<"chat">;
  /** All events up to this one have been read. */
  #readUpTo = -1;
  /** Later events that have been read, while there are gaps. */
  readonly #readBeyond = new Set<number>();
  readonly #lines: CustomerLine[] = [];
  /** The index of the first line that is left. */
  #nextIndex = 0;

  constructor(chat: InteractionOf<"chat">) {
    this.#chat = chat;
  }

  /** The number of all lines, with those that were removed. */
  get length(): number {
    this.#read();
    return this.#lines.length;
  }

  /**
   * Removes and returns the first line that matches, and skips those before it.
   *
   * @param from - the index of the first line to look at; lines before it did not match earlier
   * @param skipped - called for each line that does not match
   */
  next(
    from = 0,
    matches: (line: CustomerLine) => boolean = () => true,
    skipped = () => {},
  ): CustomerLine | undefined {
    this.#read();
    for (let index = Math.max(from, this.#nextIndex); index < this.#lines.length; index++) {
      const line = this.#lines[index]!;
      if (matches(line)) {
        this.#nextIndex = index + 1;
        return line;
      }
      skipped();
    }
    return undefined;
  }

  /** Whether the customer has left and all lines are there. */
  get isCustomerGone(): boolean {
    const { transcript } = this.#chat;
    if (!transcript.isWhole) return false;
    const customers = transcript.parties.filter(({ userType }) => userType === "Client");
    return customers.length > 0 && customers.every(({ isPresent }) => !isPresent);
  }

  #read(): void {
    const { transcript } = this.#chat;
    for (const event of transcript.after(this.#readUpTo)) {
      if (this.#readBeyond.has(event.id)) continue;
      const isCustomers = isOfCustomer(event, transcript);
      // A gap hides who joined.
      if (isCustomers === undefined) continue;
      this.#readBeyond.add(event.id);
      if (isCustomers) this.#lines.push(event as CustomerLine);
    }
    if (!transcript.isWhole) return;
    this.#readUpTo = Math.max(this.#readUpTo, transcript.latestEventId);
    this.#readBeyond.clear();
  }
}

/** Whether the customer wrote it; `undefined` while that is not known. */
function isOfCustomer(event: TranscriptEvent, transcript: Transcript): boolean | undefined {
  if (event.text === undefined) return false;
  const { userId } = event;
  const type = event.userType ?? transcript.parties.find((party) => party.userId === userId)?.userType;
  if (type !== undefined) return type === "Client";
  return transcript.isWhole ? true : undefined;
}
