import { type Random, seededRandom } from "../domain/random.ts";

/**
 * The purpose of random numbers; each has a stream of its own. With a single stream, one more login or one more read
 * of the list would change every later customer, and a script would not repeat.
 */
export type ChanceStream =
  | "identifiers"
  | "routing"
  | "order"
  | "shape"
  | "transcript"
  | "list"
  | "sessions"
  | "customers"
  | "traffic";

export function chanceStreams(seed: number): (stream: ChanceStream) => Random {
  const streams = new Map<ChanceStream, Random>();
  return (stream) => {
    let random = streams.get(stream);
    if (random === undefined) {
      let hash = seed >>> 0;
      for (const letter of stream) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193) >>> 0;
      random = seededRandom(hash);
      streams.set(stream, random);
    }
    return random;
  };
}

export function pickOne<T>(random: Random, choices: readonly [T, ...T[]]): T {
  return choices[Math.floor(random() * choices.length)] ?? choices[0];
}

/** Returns a new list in random order (Fisher–Yates). */
export function shuffled<T>(random: Random, list: readonly T[]): T[] {
  const result = [...list];
  for (let last = result.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [result[last], result[other]] = [result[other] as T, result[last] as T];
  }
  return result;
}

export type Identifiers = ReturnType<typeof seededIdentifiers>;

export function seededIdentifiers(chance: (stream: ChanceStream) => Random) {
  const random = chance("identifiers");
  const site = digits(random, 36, 5);
  const host = digits(random, 16, 8);
  let interactions = Math.floor(random() * 36 ** 4);
  let parties = Math.floor(random() * 16 ** 6);
  return {
    /** Returns an id such as the recorded `0000Ka8WP8G94H9A`: 16 characters, also used for threads and contacts. */
    interaction: () => `0000${site}${(interactions++).toString(36).toUpperCase().padStart(7, "0")}`,
    /** Returns the id of a chat party, such as the recorded `0091526EACE5E036`. */
    party: () => `${host}${(parties++).toString(16).toUpperCase().padStart(8, "0")}`,
    /** Returns a GUID in the spelling of the recorded agent states. */
    guid: () => [8, 4, 4, 4, 12].map((length) => digits(random, 16, length)).join("-"),
    /** Returns 32 hexadecimal digits, for cookies, tokens and client ids. */
    token: () => digits(chance("sessions"), 16, 32),
  };
}

function digits(random: Random, radix: number, length: number): string {
  const next = () => Math.floor(random() * radix).toString(radix);
  return Array.from({ length }, next).join("").toUpperCase();
}
