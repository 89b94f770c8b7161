import type { Report } from "../domain/anomaly.ts";
import type { InteractionFact } from "../domain/fact.ts";
import { isEnding } from "../domain/lifecycle.ts";
import type { Random } from "../domain/random.ts";
import { retryDelay } from "../domain/retry-delay.ts";
import type { Effects } from "./journal.ts";
import type { Link, Reading } from "./link.ts";

/** What a resync needs of its desk. */
export interface ResyncOptions {
  readonly link: Pick<Link, "readList">;
  readonly effects: Effects;
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

type Failed = Extract<Reading, { kind: "failed" }>;

/** Lists that are read to look something up are at least this far apart. */
const pause = 1000;

/** Reads the server's own list. */
export interface Resync {
  /** A notification came in. */
  readonly noteArrival: (fact: InteractionFact) => void;
  /** Reads until it succeeds, then calls back; unless `cancel` or another catching up comes in between. */
  readonly catchUp: (done: () => void) => void;
  /** What is being read no longer counts; whoever waits for a look-up is called back. */
  readonly cancel: () => void;
  /**
   * Reads, to look something up, and calls back. Those who ask at about the same time share one reading. When it fails
   * it is tried again, which whoever asked does not wait for.
   */
  readonly lookUp: (done?: () => void) => void;
  /** Is nothing being read, and nothing to be looked up? */
  readonly isIdle: () => boolean;
  /** When a list was last asked for. */
  readonly lastRead: () => number;
}

/**
 * Has the server's own list read and merged: whenever a connection was made, and when something is to be looked up.
 * Notifications go on being taken in meanwhile; as the list may be older than they are, they are remembered and have the
 * last word on the interactions they are about.
 */
export function createResync({ link, effects, random, report, merge }: ResyncOptions): Resync {
  const { clock } = effects;
  /** What was heard since the list was asked for that is being read; `undefined` while none is. */
  let meanwhile: Map<string, InteractionFact[]> | undefined;
  /** Those who wait for a look-up that has not begun to read. */
  let queued: (() => void)[] | undefined;
  /** Those who wait for what is being read. */
  let waiting: (() => void)[] = [];
  let lastRead = -Infinity;
  /** Readings in a row that failed. */
  let failures = 0;
  /** Raised whenever what is being caught up with is no longer what matters. */
  let generation = 0;
  let timer: unknown;
  let pausing: unknown;

  const cancel = (): void => {
    generation++;
    failures = 0;
    clock.clearTimeout(timer);
    clock.clearTimeout(pausing);
    if (queued !== undefined) waiting.push(...queued);
    meanwhile = queued = undefined;
    release();
  };

  /** @param then - told of what was heard meanwhile, or why it is to be read again */
  const read = (
    then: (failed: Failed | undefined, heard: Iterable<readonly InteractionFact[]>) => void,
  ): void => {
    const own = generation;
    const heard = (meanwhile = new Map<string, InteractionFact[]>());
    lastRead = clock.now();
    const take = (result: Reading): void => {
      meanwhile = undefined;
      if (result.kind === "read") {
        failures = 0;
        clock.clearTimeout(timer);
        for (const anomaly of result.anomalies) report(anomaly);
        merge({ reading: result, meanwhile: heard });
      }
      // Whoever was told of something may have ended what this was read for.
      if (own === generation) then(result.kind === "failed" ? result : undefined, heard.values());
      release();
      // The list that was read may be older than what they ask.
      if (own === generation && meanwhile === undefined && queued !== undefined) pace();
    };
    void link.readList().then((result) => {
      if (own === generation) effects.take("list", [result], () => take(result));
    });
  };

  const retry = ({ retryAfter }: Failed, again: () => void): void => {
    clock.clearTimeout(timer);
    timer = clock.setTimeout(again, retryDelay(random, ++failures, retryAfter), "retry");
  };

  const catchUp = (done: () => void): void => {
    const own = generation;
    read((failed, heard) => {
      if (failed) return retry(failed, () => catchUp(done));
      done();
      // A state that was heard while the list was read may belong to another life than the list's.
      if (own === generation && [...heard].some(tellsOfLife)) lookUp();
    });
  };

  /** Calls back whoever waits for what was read. */
  const release = (): void => {
    const all = waiting;
    waiting = [];
    for (const done of all) done();
  };

  const lookUp = (done: () => void = () => {}): void => {
    // Those who ask in one moment share one reading. Any other that is under way may be older than the question.
    if (meanwhile !== undefined && lastRead === clock.now()) return void waiting.push(done);
    if (queued !== undefined) return void queued.push(done);
    queued = [done];
    if (meanwhile === undefined) pace();
  };
  const pace = (): void => {
    clock.clearTimeout(pausing);
    const wait = lastRead + pause - clock.now();
    if (wait > 0) pausing = clock.setTimeout(lookUpNow, wait, "pause");
    else lookUpNow();
  };
  const lookUpNow = (): void => {
    waiting = queued ?? [];
    queued = undefined;
    read((failed) => {
      if (failed) retry(failed, lookUp);
    });
  };

  return {
    noteArrival: (fact) => {
      const facts = meanwhile?.get(fact.id);
      if (facts !== undefined) facts.push(fact);
      else meanwhile?.set(fact.id, [fact]);
    },
    catchUp: (done) => {
      cancel();
      catchUp(done);
    },
    cancel,
    lookUp,
    isIdle: () => meanwhile === undefined && queued === undefined && failures === 0,
    lastRead: () => lastRead,
  };
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
