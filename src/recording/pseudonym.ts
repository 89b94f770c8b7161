import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";

/** Puts a stand-in in the place of a value: always the same for the same value, and another for any other. */
export type Mask = (value: string) => string;

const maxRemembered = 10_000;
const maxRememberedLength = 500;

/**
 * Makes stand-ins by a keyed hash (HMAC-SHA-256), so that they need no table that grows, and tell nothing without the key.
 *
 * @param secret - the key; without one a random key is made that nobody learns.
 */
export function createMask(secret: string | undefined): Mask {
  const key =
    secret === undefined ? crypto.getRandomValues(new Uint8Array(32)) : new TextEncoder().encode(secret);
  const keyed = hmac.create(sha256, key);
  const encoder = new TextEncoder();
  const remembered = new Map<string, string>();
  return (value) => {
    const known = remembered.get(value);
    if (known !== undefined) return known;
    const made = standIn(value, keyed.clone().update(encoder.encode(value)).digest());
    if (value.length <= maxRememberedLength) {
      if (remembered.size >= maxRemembered) remembered.clear();
      remembered.set(value, made);
    }
    return made;
  };
}

/** The stand-in has the shape that the store can tell: empty, a number, an address, or any other text. */
function standIn(value: string, hash: Uint8Array): string {
  if (value === "") return "";
  if (isNumber(value)) return String(numberFrom(hash));
  const name = Array.from(hash.subarray(0, 10), (byte) => byte.toString(16).padStart(2, "0")).join("");
  return /^[^\s@]+@[^\s@]+$/.test(value) ? `${name}@masked.invalid` : `masked-${name}`;
}

/** As a server may write a number as text: the two are taken for equal, so their stand-ins must be. */
function isNumber(value: string): boolean {
  const number = Number(value);
  return Number.isFinite(number) && String(number) === value;
}

/** Fifteen digits: whole in a double, and too long to be taken for an index. */
function numberFrom(hash: Uint8Array): number {
  const bits = new DataView(hash.buffer, hash.byteOffset).getBigUint64(0);
  return 1e14 + Number(bits % 900_000_000_000_000n);
}
