import type { InteractionOf, Transcript, TranscriptEvent } from "../index.ts";

/** Something that the customer of a chat said. Plain text from a stranger: escape it. */
export type Line = TranscriptEvent & { readonly text: string };

/**
 * What the customer of one chat said and the script has not taken yet. Each line comes once, however often and in
 * whatever order the server delivers it; one that fills a gap comes when it does.
 */
export class Hearing {
  readonly #chat: InteractionOf<"chat">;
  /** All events up to this one are dealt with. */
  #upTo = -1;
  /** Events above it that are dealt with, while there are gaps. */
  readonly #beyond = new Set<number>();
  readonly #lines: Line[] = [];
  /** Where the lines begin that were not taken. */
  #next = 0;

  constructor(chat: InteractionOf<"chat">) {
    this.#chat = chat;
  }

  /** How many lines there were, those that were taken included. */
  get length(): number {
    this.#listen();
    return this.#lines.length;
  }

  /**
   * Takes the first line that matches, and passes over those before it.
   *
   * @param from - how many lines not to look at, because they were looked at before
   * @param passed - told of each line that did not match
   */
  take(from: number, matches: (line: Line) => boolean, passed: () => void): Line | undefined {
    this.#listen();
    for (let index = Math.max(from, this.#next); index < this.#lines.length; index++) {
      const line = this.#lines[index]!;
      if (matches(line)) {
        this.#next = index + 1;
        return line;
      }
      passed();
    }
    return undefined;
  }

  /** Has the customer left, and is all that was said there? */
  get isCustomerGone(): boolean {
    const { transcript } = this.#chat;
    if (!transcript.isWhole) return false;
    const customers = transcript.parties.filter(({ userType }) => userType === "Client");
    return customers.length > 0 && customers.every(({ isPresent }) => !isPresent);
  }

  #listen(): void {
    const { transcript } = this.#chat;
    for (const event of transcript.after(this.#upTo)) {
      if (this.#beyond.has(event.id)) continue;
      const isCustomers = saidByCustomer(event, transcript);
      // Who joined is not known yet; a gap hides it.
      if (isCustomers === undefined) continue;
      this.#beyond.add(event.id);
      if (isCustomers) this.#lines.push(event as Line);
    }
    if (!transcript.isWhole) return;
    this.#upTo = Math.max(this.#upTo, transcript.latestEventId);
    this.#beyond.clear();
  }
}

/** @returns `undefined` when it cannot be told yet */
function saidByCustomer(event: TranscriptEvent, transcript: Transcript): boolean | undefined {
  if (event.text === undefined) return false;
  const { userId } = event;
  const type = event.userType ?? transcript.parties.find((party) => party.userId === userId)?.userType;
  if (type !== undefined) return type === "Client";
  return transcript.isWhole ? true : undefined;
}
