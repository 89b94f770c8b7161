import type { Clock } from "../../domain/clock.ts";

/** The cookies of one desk. */
export interface Cookies {
  /** Returns the value of the Cookie header for this address, or `undefined` when there is no cookie to send. */
  readonly header: (url: string) => string | undefined;
  /** Keeps the cookies that a response from this address sets. */
  readonly keep: (url: string, response: Response) => void;
  readonly clear: () => void;
  /** Whether this code can read the cookies; a browser keeps them to itself. */
  readonly areVisible: boolean;
}

/** Creates nothing to keep cookies in: a browser keeps and sends them itself, and hides them from scripts. */
export function createCookies(_clock?: Clock): Cookies {
  return { header: () => undefined, keep: () => {}, clear: () => {}, areVisible: false };
}
