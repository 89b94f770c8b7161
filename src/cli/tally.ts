import type { DeskChange, LossReason } from "../index.ts";
import type { DeskEvent } from "./reporter.ts";

/** Counts outcomes, losses and anomalies of a desk. */
export class Tally {
  /** Whether the connection was ever Live. */
  wasLive = false;
  /** Why the connection was last lost or could not be made. */
  lossReason: LossReason | null = null;
  readonly #interactions = new Map<string, string>();
  readonly #operations: string[] = [];
  #losses = 0;
  #isLost = false;
  #anomalies = 0;

  readonly report = (event: DeskEvent): void => {
    if (event.type === "change") this.#change(event.change);
    else if (event.type === "anomaly") this.#anomalies++;
    else if (event.type === "settled") this.#operations.push(event.outcome.outcome);
  };

  /** Returns a summary, one line for each kind. */
  lines(): string[] {
    return [
      `interactions  ${countsText([...this.#interactions.values()])}`,
      `operations    ${countsText(this.#operations)}`,
      `connection    ${this.#connectionText()}`,
      `anomalies     ${this.#anomalies === 0 ? "none" : this.#anomalies}`,
    ];
  }

  #change(change: DeskChange): void {
    if (change.about === "interaction") {
      const { id, outcome } = change.interaction;
      this.#interactions.set(id, outcome ?? "unfinished");
    }
    if (change.about !== "connection") return;
    const { state, lossReason } = change.connection;
    this.lossReason = lossReason;
    this.wasLive ||= state === "Live";
    if (state === "Recovering" && !this.#isLost) this.#losses++;
    this.#isLost = state === "Recovering" || (this.#isLost && state === "CatchingUp");
  }

  #connectionText(): string {
    if (!this.wasLive) return "never Live";
    if (this.#losses === 0) return "never lost";
    const count = this.#losses === 1 ? "once" : `${this.#losses} times`;
    return `lost ${count}, ${this.#isLost ? "not recovered" : "recovered"}`;
  }
}

function countsText(names: readonly string[]): string {
  if (names.length === 0) return "none";
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return `${names.length}: ${[...counts].map(([name, count]) => `${count} ${name}`).join(", ")}`;
}
