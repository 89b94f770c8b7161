import type { Desk, Interaction, OperationOutcome } from "deskstate";
import {
  interactionOutcomeText,
  interactionTitle,
  operationText,
  outcomeText,
  outcomeTone,
  type Tone,
} from "deskstate/text";
import { ObservableValue } from "../observable-value.ts";

/** An operation of the agent, or something that happened without them. */
export interface Activity {
  readonly key: number;
  /** When it was requested or settled, in milliseconds since the epoch. */
  readonly time: number;
  /** The title of the interaction or channel. */
  readonly subject: string;
  readonly text: string;
  readonly tone: Tone;
  /** Whether it is an operation that has not settled. */
  readonly isPending: boolean;
}

const maxKept = 100;

/** The agent's operations with their outcomes, and everything that the server took away; the newest last. */
export class ActivityLog extends ObservableValue<readonly Activity[]> {
  readonly #desk: Pick<Desk, "changes" | "journal">;
  readonly #logged = new Set<string>();
  #lastKey = 0;

  constructor(desk: Pick<Desk, "changes" | "journal">) {
    super([]);
    this.#desk = desk;
  }

  /** Starts to log what the server takes away. @returns stops it */
  follow(): () => void {
    return this.#desk.changes.subscribe((change) => {
      if (change.about === "interaction") this.#logEnding(change.interaction);
    });
  }

  /** Logs a pending operation. @returns logs its outcome */
  begin(subject: string, operation: string): (outcome: OperationOutcome) => void {
    const name = operationText(operation);
    const key = this.#append({ subject, text: `${name} …`, tone: "quiet", isPending: true });
    return (outcome) => {
      const text = `${name}: ${outcomeText(outcome)}`;
      this.#update(key, { text, tone: outcomeTone(outcome.outcome), isPending: false });
    };
  }

  /** Logs something that happened. */
  add(subject: string, text: string, tone: Tone): void {
    this.#append({ subject, text, tone, isPending: false });
  }

  /** Logs the end of an interaction that the agent did not cause. */
  #logEnding(interaction: Interaction): void {
    const { id, isEnded, outcome } = interaction;
    // An interaction that is offered again may end again.
    if (!isEnded) this.#logged.delete(id);
    if ((outcome !== "Revoked" && outcome !== "Gone") || this.#logged.has(id)) return;
    this.#logged.add(id);
    this.add(interactionTitle(interaction.getSnapshot()), interactionOutcomeText(outcome), "warning");
  }

  #append(activity: Omit<Activity, "key" | "time">): number {
    const key = ++this.#lastKey;
    const time = this.#desk.journal.now();
    this.set([...this.getSnapshot(), { ...activity, key, time }].slice(-maxKept));
    return key;
  }

  #update(key: number, changes: Partial<Activity>): void {
    const time = this.#desk.journal.now();
    this.set(
      this.getSnapshot().map((activity) =>
        activity.key === key ? { ...activity, ...changes, time } : activity,
      ),
    );
  }
}
