import type { Desk, Interaction, OperationOutcome } from "deskstate";
import { interactionTitle as titleOf } from "deskstate/text";
import { Watchable } from "../watchable.ts";
import { endingWords, outcomeWords, type Tone } from "./words.ts";

/** Something that was asked for, or that happened by itself. */
export interface Activity {
  readonly key: number;
  /** When it was asked for, or settled; milliseconds since the epoch. */
  readonly time: number;
  /** What it is about, for people. */
  readonly subject: string;
  readonly text: string;
  readonly tone: Tone;
  /** Asked for and not settled yet. */
  readonly isUnderWay: boolean;
}

const maxKept = 100;

/** What the agent asked for and what became of it, and what the server took away; newest last. */
export class ActivityLog extends Watchable<readonly Activity[]> {
  readonly #desk: Pick<Desk, "changes">;
  readonly #now: () => number;
  readonly #told = new Set<string>();
  #lastKey = 0;

  constructor(desk: Pick<Desk, "changes">, now: () => number = Date.now) {
    super([]);
    this.#desk = desk;
    this.#now = now;
  }

  /** Begins to note what the server takes away. @returns ends it */
  follow(): () => void {
    return this.#desk.changes.subscribe((change) => {
      if (change.about === "interaction") this.#noteEnding(change.interaction);
    });
  }

  /** Notes an operation and its outcome. Takes what `actions.Some?.()` gives. */
  async perform(
    subject: string,
    operation: string,
    running: Promise<OperationOutcome> | undefined,
  ): Promise<OperationOutcome | undefined> {
    if (running === undefined) {
      this.tell(subject, `${operation} cannot be performed now.`, "warning");
      return undefined;
    }
    const settle = this.begin(subject, operation);
    const outcome = await running;
    settle(outcome);
    return outcome;
  }

  /** Notes an operation that is under way. @returns notes its outcome */
  begin(subject: string, operation: string): (outcome: OperationOutcome) => void {
    const key = this.#add({ subject, text: `${operation} …`, tone: "quiet", isUnderWay: true });
    return (outcome) => {
      const { text, tone } = outcomeWords(outcome);
      this.#change(key, { text: `${operation}: ${text}`, tone, isUnderWay: false });
    };
  }

  /** Notes something that happened. */
  tell(subject: string, text: string, tone: Tone): void {
    this.#add({ subject, text, tone, isUnderWay: false });
  }

  #noteEnding(interaction: Interaction): void {
    const { id, isEnded, outcome } = interaction;
    // What is offered again may end again.
    if (!isEnded) this.#told.delete(id);
    const words = outcome === null ? undefined : endingWords(outcome);
    if (words === undefined || this.#told.has(id)) return;
    this.#told.add(id);
    this.tell(titleOf(interaction.getSnapshot()), words, "warning");
  }

  #add(activity: Omit<Activity, "key" | "time">): number {
    const key = ++this.#lastKey;
    this.set([...this.getSnapshot(), { ...activity, key, time: this.#now() }].slice(-maxKept));
    return key;
  }

  #change(key: number, news: Partial<Activity>): void {
    this.set(
      this.getSnapshot().map((activity) =>
        activity.key === key ? { ...activity, ...news, time: this.#now() } : activity,
      ),
    );
  }
}
