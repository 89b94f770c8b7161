import { createHash } from "node:crypto";
import { InvalidArgumentError } from "commander";

/** The part of a run that this process does. */
export interface Shard {
  /** From 1. */
  readonly number: number;
  readonly of: number;
}

const maxShards = 1000;

/** Parses a shard such as `2/8`. */
export function shardArgument(text: string): Shard {
  const [, number = 0, of = 0] = (/^(\d{1,4})\/(\d{1,4})$/.exec(text) ?? []).map(Number);
  if (number >= 1 && number <= of && of <= maxShards) return { number, of };
  throw new InvalidArgumentError(`Expected a shard such as 2/8, of at most ${maxShards}.`);
}

/** An account, and when its bot starts. */
export interface Starter<Account> {
  readonly account: Account;
  /** Milliseconds after the beginning. */
  readonly after: number;
}

/**
 * Returns the accounts of this shard (every nth) with their starts. The starts of all shards together are spread evenly
 * over the ramp, with a little jitter from the seed.
 */
export function startersOf<Account>(
  accounts: readonly Account[],
  { number, of }: Shard,
  ramp: number,
  seed: number,
): Starter<Account>[] {
  return accounts.flatMap((account, index) =>
    index % of === number - 1
      ? [{ account, after: (ramp * (index + jitter(seed, index))) / accounts.length }]
      : [],
  );
}

/** Returns a number in [0, 1) that is the same for the same seed and index in every shard. */
function jitter(seed: number, index: number): number {
  return createHash("sha256").update(`${seed} ${index}`).digest().readUInt32BE() / 2 ** 32;
}

/**
 * Returns the milliseconds over which the agents of one process spread their handshakes after a restart of the server.
 * Each takes up to 10 ms of processor time to be Live again. On a shorter spread the handshakes would arrive in bursts,
 * because a busy process runs its timers late.
 */
export function handshakeSpread(agents: number): number {
  return Math.min(Math.max(5000, agents * 10), 600_000);
}
