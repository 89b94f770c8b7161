import type { LossReason } from "../index.ts";
import type { Reporter } from "./reporter.ts";

/** Counts how everything ended. */
export class Tally implements Reporter {
  readonly #interactions = new Map<string, string>();
  readonly #operations = new Map<string, number>();
  #losses = 0;
  #isLost = false;
  #wasLive = false;
  #lossReason: LossReason | null = null;
  #anomalies = 0;

  /** Was the connection ever Live? */
  get wasLive(): boolean {
    return this.#wasLive;
  }

  /** Why the connection was lost or could not be made, as it was said last. */
  get lossReason(): LossReason | null {
    return this.#lossReason;
  }

  readonly changed: NonNullable<Reporter["changed"]> = (change) => {
    if (change.about === "interaction") {
      const { id, outcome } = change.interaction;
      this.#interactions.set(id, outcome ?? "unfinished");
    }
    if (change.about !== "connection") return;
    const { state, lossReason } = change.connection;
    this.#lossReason = lossReason;
    if (state === "Live") this.#wasLive = true;
    if (state === "Recovering" && !this.#isLost) this.#losses++;
    this.#isLost = state === "Recovering" || (this.#isLost && state === "CatchingUp");
  };

  readonly anomaly = (): void => {
    this.#anomalies++;
  };

  readonly settled: NonNullable<Reporter["settled"]> = (_, { outcome }) => {
    this.#operations.set(outcome, (this.#operations.get(outcome) ?? 0) + 1);
  };

  /** The sum, one line for each kind. */
  lines(): string[] {
    const outcomes = new Map<string, number>();
    for (const outcome of this.#interactions.values())
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    return [
      `interactions  ${sum(outcomes)}`,
      `operations    ${sum(this.#operations)}`,
      `connection    ${this.#connection()}`,
      `anomalies     ${this.#anomalies === 0 ? "none" : this.#anomalies}`,
    ];
  }

  #connection(): string {
    if (!this.#wasLive) return "never Live";
    if (this.#losses === 0) return "never lost";
    const often = this.#losses === 1 ? "once" : `${this.#losses} times`;
    return `lost ${often}, ${this.#isLost ? "not recovered" : "recovered"}`;
  }
}

function sum(counts: ReadonlyMap<string, number>): string {
  if (counts.size === 0) return "none";
  const total = [...counts.values()].reduce((one, other) => one + other, 0);
  return `${total}: ${[...counts].map(([name, count]) => `${count} ${name}`).join(", ")}`;
}
