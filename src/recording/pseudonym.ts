import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";

/** Returns the pseudonym of a value: always the same for the same value, and another for any other. */
export type Pseudonyms = (value: string) => string;

const maxRemembered = 10_000;
const maxRememberedLength = 500;

/**
 * Makes pseudonyms by a keyed hash (HMAC-SHA-256): they need no table that grows, and reveal nothing without the key.
 *
 * @param secret - the key; without one a random key is made, and kept nowhere else.
 */
export function createPseudonyms(secret: string | undefined): Pseudonyms {
  const key =
    secret === undefined ? crypto.getRandomValues(new Uint8Array(32)) : new TextEncoder().encode(secret);
  const keyed = hmac.create(sha256, key);
  const encoder = new TextEncoder();
  const remembered = new Map<string, string>();
  return (value) => {
    const known = remembered.get(value);
    if (known !== undefined) return known;
    const made = pseudonymFrom(value, keyed.clone().update(encoder.encode(value)).digest());
    if (value.length <= maxRememberedLength) {
      if (remembered.size >= maxRemembered) remembered.clear();
      remembered.set(value, made);
    }
    return made;
  };
}

/** A pseudonym keeps the shape that makes a difference to a desk: empty, a number, an address, or any other text. */
function pseudonymFrom(value: string, hash: Uint8Array): string {
  if (value === "") return "";
  if (isNumber(value)) return String(numberFrom(hash));
  const name = Array.from(hash.subarray(0, 10), (byte) => byte.toString(16).padStart(2, "0")).join("");
  return /^[^\s@]+@[^\s@]+$/.test(value) ? `${name}@masked.invalid` : `masked-${name}`;
}

/** Whether this is a number as text. A desk takes it for equal to the number, so their pseudonyms must be equal too. */
function isNumber(value: string): boolean {
  const number = Number(value);
  return Number.isFinite(number) && String(number) === value;
}

/** Returns fifteen digits: exact in a double, and too long for an array index. */
function numberFrom(hash: Uint8Array): number {
  const bits = new DataView(hash.buffer, hash.byteOffset).getBigUint64(0);
  return 1e14 + Number(bits % 900_000_000_000_000n);
}
