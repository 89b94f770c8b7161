import { parseSetCookie, type Cookie } from "set-cookie-parser";
import type { Clock } from "../../domain/clock.ts";
import type { Cookies } from "./cookies.browser.ts";

interface StoredCookie {
  /** The origin that set it, and the only one that it is sent to. */
  readonly origin: string;
  readonly path: string;
  readonly pair: string;
  readonly expires: number;
}

/** RFC 6265bis ignores a cookie whose name and value are longer than this together. */
const maxLength = 4096;

/**
 * Creates the cookie jar of one desk, by the rules of RFC 6265bis. A link talks to one server, so the jar is stricter
 * than a browser: whatever its `Domain`, a cookie returns only to the origin that set it. That is why it needs no list of
 * public suffixes.
 */
export function createCookies(clock: Clock): Cookies {
  /** By origin, domain, path and name, in the order in which they were created. */
  const jar = new Map<string, StoredCookie>();

  const keep = (url: URL, cookie: Cookie): void => {
    const { name, value, maxAge, expires, secure = false } = cookie;
    const { origin, hostname } = url;
    const path = cookie.path?.startsWith("/") === true ? cookie.path : defaultPath(url);
    const domain = cookie.domain?.replace(/^\./, "").toLowerCase() ?? "";
    const isValid =
      name !== "" &&
      name.length + value.length <= maxLength &&
      isOwnDomain(hostname, domain) &&
      // A Secure cookie is only taken from, and so only sent to, an encrypted origin.
      !(secure && url.protocol !== "https:") &&
      !(/^__(secure|host)-/i.test(name) && !secure) &&
      !(/^__host-/i.test(name) && (cookie.path !== "/" || domain !== ""));
    if (!isValid) return;
    const key = [origin, domain, path, name].join(" ");
    const expiry = maxAge === undefined ? (expires?.getTime() ?? Infinity) : clock.now() + maxAge * 1000;
    if (expiry <= clock.now()) jar.delete(key);
    else jar.set(key, { origin, path, pair: `${name}=${value}`, expires: expiry });
  };

  return {
    header: (address) => {
      const { origin, pathname } = new URL(address);
      const now = clock.now();
      const pairs = [...jar.values()]
        .filter(
          (cookie) => cookie.origin === origin && cookie.expires > now && isBelow(pathname, cookie.path),
        )
        .toSorted((a, b) => b.path.length - a.path.length)
        .map(({ pair }) => pair);
      return pairs.length === 0 ? undefined : pairs.join("; ");
    },
    keep: (address, response) => {
      const lines = response.headers.getSetCookie().filter(isPrintable);
      // Without `silent`, the parser writes to the console.
      const cookies = parseSetCookie(lines, { decodeValues: false, silent: true });
      for (const cookie of cookies) keep(new URL(address), cookie);
    },
    clear: () => jar.clear(),
    areVisible: true,
  };
}

/** Whether a header has no control character but the tab; RFC 6265bis ignores a cookie with any other. */
function isPrintable(line: string): boolean {
  return Array.from(line).every(
    (character) => (character >= " " || character === "\t") && character !== "\x7f",
  );
}

/** Whether a host may set a cookie for this domain: for none, for itself, or for a parent domain with a dot in it. */
function isOwnDomain(host: string, domain: string): boolean {
  if (domain === "" || domain === host) return true;
  const isAddress = /^[\d.]+$|^\[/.test(host);
  return domain.includes(".") && !isAddress && host.endsWith(`.${domain}`);
}

/** Returns the path of a cookie that names none: the address up to its last slash. */
function defaultPath({ pathname }: URL): string {
  return pathname.slice(0, pathname.lastIndexOf("/")) || "/";
}

function isBelow(pathname: string, path: string): boolean {
  return pathname === path || pathname.startsWith(path.endsWith("/") ? path : `${path}/`);
}
