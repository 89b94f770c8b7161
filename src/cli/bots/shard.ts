import { InvalidArgumentError } from "commander";
import { seededRandom } from "../../domain/random.ts";

/** Which part of a run this process does. */
export interface Shard {
  /** From 1. */
  readonly number: number;
  readonly of: number;
}

const maxShards = 1000;

/** Reads a shard such as `2/8`. */
export function shardArgument(text: string): Shard {
  const [, number = 0, of = 0] = (/^(\d{1,4})\/(\d{1,4})$/.exec(text) ?? []).map(Number);
  if (number >= 1 && number <= of && of <= maxShards) return { number, of };
  throw new InvalidArgumentError(`Expected which of how many, such as 2/8, at most ${maxShards}.`);
}

/** Somebody who starts some time after the beginning. */
export interface Starter<Who> {
  readonly who: Who;
  /** Milliseconds. */
  readonly after: number;
}

/**
 * Those of all agents who are in this shard, every so manieth, each with his start. The starts of all shards together
 * are spread evenly over the ramp, with a little chance from the seed.
 */
export function startersOf<Who>(
  all: readonly Who[],
  { number, of }: Shard,
  ramp: number,
  seed: number,
): Starter<Who>[] {
  const random = seededRandom(seed);
  const starters = all.map((who, index) => ({ who, after: (ramp * (index + random())) / all.length }));
  return starters.filter((_, index) => index % of === number - 1);
}

/**
 * Milliseconds over which so many agents of one process spread their handshakes after a restart of the server. Each takes
 * up to 10 ms of its processor time to be Live again; nearer together, they would come in the bunches in which a process
 * that is busy gets to its timers.
 */
export function handshakeSpread(agents: number): number {
  return Math.min(Math.max(5000, agents * 10), 600_000);
}
