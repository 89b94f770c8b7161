import type { Report } from "../domain/anomaly.ts";
import type { Clock } from "../domain/clock.ts";
import type { InteractionFact } from "../domain/fact.ts";
import { isEnding } from "../domain/lifecycle.ts";
import type { Random } from "../domain/random.ts";
import type { Link, Reading } from "./link-port.ts";

/** What a resync needs of its desk. */
export interface ResyncOptions {
  readonly link: Pick<Link, "readList">;
  readonly clock: Clock;
  readonly random: Random;
  readonly report: Report;
  /** Merges a list into the store. */
  readonly merge: (list: Merge) => void;
}

/** A list, and what was heard while it was read. */
export interface Merge {
  readonly reading: Extract<Reading, { kind: "read" }>;
  /** The facts that came in by notification meanwhile, by interaction, in their order. */
  readonly meanwhile: ReadonlyMap<string, readonly InteractionFact[]>;
}

const firstRetry = 500;
const longestRetry = 30_000;
/** Lists that are read to look something up are at least this far apart. */
const pause = 1000;

/**
 * Reads the server's own list and has it merged: whenever a connection was made, and when something is to be looked
 * up. Notifications go on being taken in meanwhile; as the list may be older than they are, they are remembered and
 * have the last word on the interactions they are about.
 */
export class Resync {
  readonly #options: ResyncOptions;
  #meanwhile: Map<string, InteractionFact[]> | undefined;
  #reading: Promise<boolean> | undefined;
  /** A look-up that has not begun to read. */
  #queued: Promise<void> | undefined;
  #wake: (() => void) | undefined;
  #lastRead = -Infinity;
  /** Readings in a row that failed. */
  #failures = 0;
  /** Raised whenever what is being caught up with is no longer what matters. */
  #generation = 0;
  #timer: unknown;

  constructor(options: ResyncOptions) {
    this.#options = options;
  }

  /** A notification came in. */
  heard(fact: InteractionFact): void {
    const facts = this.#meanwhile?.get(fact.id);
    if (facts !== undefined) facts.push(fact);
    else this.#meanwhile?.set(fact.id, [fact]);
  }

  /** Reads until it succeeds, then calls back; unless `cancel` or another catching up comes in between. */
  catchUp(done: () => void): void {
    this.cancel();
    const generation = this.#generation;
    const attempt = async (): Promise<void> => {
      const reading = this.#read();
      const meanwhile = this.#meanwhile;
      const isRead = await reading;
      if (generation !== this.#generation) return;
      if (!isRead) return this.#retry(() => void attempt());
      done();
      // A state that was heard while the list was read may belong to another life than the list's.
      if (generation === this.#generation && [...meanwhile!.values()].some(tellsOfLife)) void this.lookUp();
    };
    void attempt();
  }

  /** What is being read no longer counts. */
  cancel(): void {
    this.#generation++;
    this.#failures = 0;
    this.#options.clock.clearTimeout(this.#timer);
    this.#reading = undefined;
    this.#queued = undefined;
    this.#meanwhile = undefined;
    this.#wake?.();
  }

  /**
   * Reads, to look something up. Those who ask at about the same time share one reading. When it fails it is tried
   * again, which the answer does not wait for.
   */
  lookUp(): Promise<void> {
    this.#queued ??= this.#lookUp();
    return this.#queued;
  }

  async #lookUp(): Promise<void> {
    const generation = this.#generation;
    // The list being read may be older than the question.
    await this.#reading;
    await this.#pause(generation);
    if (generation !== this.#generation) return;
    this.#queued = undefined;
    const isRead = await this.#read();
    if (!isRead && generation === this.#generation) this.#retry(() => void this.lookUp());
  }

  async #pause(generation: number): Promise<void> {
    const { clock } = this.#options;
    const wait = this.#lastRead + pause - clock.now();
    if (!(wait > 0) || generation !== this.#generation) return;
    await new Promise<void>((resolve) => {
      const timer = clock.setTimeout(resolve, wait);
      this.#wake = () => {
        clock.clearTimeout(timer);
        resolve();
      };
    });
    this.#wake = undefined;
  }

  #retry(read: () => void): void {
    const { clock, random } = this.#options;
    const longest = Math.min(longestRetry, firstRetry * 2 ** this.#failures++);
    clock.clearTimeout(this.#timer);
    this.#timer = clock.setTimeout(read, random() * longest);
  }

  #read(): Promise<boolean> {
    const meanwhile = new Map<string, InteractionFact[]>();
    this.#meanwhile = meanwhile;
    this.#lastRead = this.#options.clock.now();
    const generation = this.#generation;
    const reading = this.#options.link.readList().then((result) => {
      if (generation !== this.#generation) return false;
      this.#reading = undefined;
      this.#meanwhile = undefined;
      if (result.kind === "failed") return false;
      this.#failures = 0;
      this.#options.clock.clearTimeout(this.#timer);
      for (const oddity of result.oddities) this.#options.report(oddity);
      this.#options.merge({ reading: result, meanwhile });
      return true;
    });
    this.#reading = reading;
    return reading;
  }
}

/** Is the last state that these facts name one of a living interaction? */
function tellsOfLife(facts: readonly InteractionFact[]): boolean {
  const last = facts.findLast(({ change }) => change !== "PropertiesChanged" && change !== "StateUnknown");
  return last !== undefined && !isEnding(last.change);
}

/** Did one of these facts end the interaction? */
export function endedMeanwhile(facts: readonly InteractionFact[]): boolean {
  return facts.some((fact) => isEnding(fact.change));
}
