import { seededRandom } from "../domain/random.ts";
import type { Random } from "../index.ts";

/**
 * A stream of chance of its own for each name, all from one seed. What one agent or one interaction draws does not
 * depend on what others drew before, so the order in which things happen changes no choice.
 */
export function stream(seed: number, ...names: readonly (string | number)[]): Random {
  let hash = 0x811c9dc5;
  for (const letter of JSON.stringify([seed, ...names])) {
    hash = Math.imul(hash ^ letter.codePointAt(0)!, 0x01000193);
  }
  // Names that differ in their last letter only would give neighbouring numbers.
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return seededRandom(hash ^ (hash >>> 16));
}
