import { CookieJar } from "tough-cookie";
import type { Cookies } from "./cookies.ts";

/** Makes the cookies of one desk: a jar that nobody else sees. */
export function createCookies(): Cookies {
  let jar = new CookieJar();
  return {
    header: (url) => jar.getCookieStringSync(url) || undefined,
    keep: (url, response) => {
      for (const cookie of response.headers.getSetCookie()) {
        // A cookie that a server may not set for this address is not kept, as in a browser.
        jar.setCookieSync(cookie, url, { ignoreError: true });
      }
    },
    clear: () => {
      jar = new CookieJar();
    },
    areVisible: true,
  };
}
