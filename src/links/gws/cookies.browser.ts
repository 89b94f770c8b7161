import type { Cookies } from "./cookies.ts";

/** In a browser the cookies are the browser's: it keeps and sends them, and does not show them. */
export function createCookies(): Cookies {
  return { header: () => undefined, keep: () => {}, clear: () => {}, areVisible: false };
}
