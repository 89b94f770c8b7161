import type { Clock } from "../../domain/clock.ts";
import type { Cookies } from "./cookies.ts";

/** Creates nothing to keep cookies in: a browser keeps and sends them itself, and hides them from scripts. */
export function createCookies(_clock?: Clock): Cookies {
  return { header: () => undefined, keep: () => {}, clear: () => {}, areVisible: false };
}
