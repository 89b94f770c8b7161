/** A source of numbers in [0, 1), passed in wherever chance is needed, so that a run can be repeated. */
export type Random = () => number;

/**
 * A repeatable source (mulberry32): the same seed gives the same numbers on every machine. Good for tests, jitter
 * and made-up data; not for secrets.
 *
 * @param seed any number; only its lowest 32 bits count.
 */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
