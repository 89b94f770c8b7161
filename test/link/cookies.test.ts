import { expect, test, vi } from "vitest";
import { systemClock } from "../../src/domain/clock.ts";
import { createCookies } from "../../src/links/gws/cookies.node.ts";
import type { Cookies } from "../../src/links/gws/cookies.browser.ts";
import { deskAt, email } from "./desk-at.ts";
import { listen } from "./listen.ts";
import { simulatedTime } from "./simulated-time.ts";
import { until } from "./until.ts";

/** A jar that holds what this address set by these headers. */
function jarWith(address: string, ...lines: string[]): Cookies {
  const jar = createCookies(systemClock);
  keep(jar, address, ...lines);
  return jar;
}

function keep(jar: Cookies, address: string, ...lines: string[]): void {
  const headers = lines.map((line): [string, string] => ["Set-Cookie", line]);
  jar.keep(address, new Response("", { headers }));
}

const base = "https://gws.example/api/v2/me";
const root = "https://gws.example/";

test("a cookie is sent below its path only", () => {
  const jar = jarWith(base, "a=1; Path=/api", "b=2; Path=/api/v2/notifications", "c=3; Path=/");
  expect(jar.header(base)).toBe("a=1; c=3");
  expect(jar.header("https://gws.example/apiary")).toBe("c=3");
  expect(jar.header("https://gws.example/api/v2/notifications/connect")).toBe("b=2; a=1; c=3");
});

test.each(["a=1", "a=1; Path=", "a=1; Path=api", "a=1; Path=api; Path=relative"])(
  "%j has no path of its own, so it is sent below the folder of the address that set it",
  (line) => {
    const jar = jarWith(base, line);
    expect(jar.header("https://gws.example/api/v2/notifications")).toBe("a=1");
    expect(jar.header("https://gws.example/api/v2")).toBe("a=1");
    expect(jar.header("https://gws.example/api/v20")).toBeUndefined();
    expect(jar.header("https://gws.example/api")).toBeUndefined();
  },
);

test("a cookie is not sent after it expired or was removed", () => {
  expect(jarWith(base, "a=1; Max-Age=0").header(base)).toBeUndefined();
  expect(jarWith(base, "a=1; Max-Age=-5").header(base)).toBeUndefined();
  expect(jarWith(base, "a=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT").header(base)).toBeUndefined();
  expect(jarWith(base, "a=1; Expires=Thu, 01-Jan-1970 00:00:00 GMT").header(base)).toBeUndefined();
  expect(jarWith(base, "a=1", "a=; Max-Age=0").header(base)).toBeUndefined();
  expect(jarWith(base, "a=1; Max-Age=60").header(base)).toBe("a=1");
  expect(jarWith(base, "a=1; Expires=Fri, 01 Jan 2100 00:00:00 GMT").header(base)).toBe("a=1");
});

test("Max-Age wins over Expires, and neither counts when it is malformed", () => {
  const past = "Expires=Thu, 01 Jan 1970 00:00:00 GMT";
  expect(jarWith(base, `a=1; Max-Age=60; ${past}`).header(base)).toBe("a=1");
  expect(jarWith(base, "a=1; Max-Age=soon; Expires=never").header(base)).toBe("a=1");
});

test("a cookie expires by the clock of the desk", async () => {
  const time = simulatedTime();
  const jar = createCookies(time);
  keep(jar, base, "a=1; Max-Age=60");
  await time.advance(59_999);
  expect(jar.header(base)).toBe("a=1");
  await time.advance(1);
  expect(jar.header(base)).toBeUndefined();
});

test("a cookie that is set again has its new value, and the place that it had", () => {
  const jar = jarWith(root, "a=1; Path=/", "b=2; Path=/", "a=3; Path=/");
  expect(jar.header(root)).toBe("a=3; b=2");
  jar.clear();
  expect(jar.header(root)).toBeUndefined();
});

test("a secure cookie is neither sent nor taken in clear", () => {
  const jar = jarWith(root, "a=1; Secure; Path=/");
  expect(jar.header(root)).toBe("a=1");
  expect(jar.header("http://gws.example/")).toBeUndefined();
  for (const address of ["http://gws.example/", "http://127.0.0.1:8080/"]) {
    expect(jarWith(address, "a=1; Secure; Path=/").header(address)).toBeUndefined();
    expect(jarWith(address, "a=1; Path=/").header(address)).toBe("a=1");
  }
});

test("a cookie goes to no origin but the one that set it", () => {
  const jar = jarWith(
    base,
    "a=1; Path=/",
    "b=2; Domain=other.example; Path=/",
    "c=3; Domain=example; Path=/",
    "d=4; Domain=ws.example; Path=/",
    "e=5; Domain=GWS.example; Path=/",
    "f=6; Domain=desk.gws.example; Path=/",
  );
  expect(jar.header(root)).toBe("a=1; e=5");
  for (const address of [
    "https://other.example/",
    "https://ws.example/",
    "https://desk.gws.example/",
    "https://gws.example.evil.example/",
    "https://gws.example:8443/",
    "http://gws.example/",
  ])
    expect(jar.header(address)).toBeUndefined();
});

test("a cookie for a parent domain is kept, and still goes to no other host", () => {
  const jar = jarWith("https://gws.desk.example/", "a=1; Domain=.desk.example; Path=/");
  expect(jar.header("https://gws.desk.example/")).toBe("a=1");
  expect(jar.header("https://desk.example/")).toBeUndefined();
  expect(jar.header("https://other.desk.example/")).toBeUndefined();
  // An address has no parent domains.
  expect(jarWith("http://127.0.0.1/", "a=1; Domain=0.0.1").header("http://127.0.0.1/")).toBeUndefined();
});

test("a cookie whose name promises more than its attributes hold is not kept", () => {
  const jar = jarWith(
    root,
    "__Secure-a=1; Path=/",
    "__Host-b=2; Secure",
    "__Host-c=3; Secure; Path=/; Domain=gws.example",
    "__Host-d=4; Path=/",
    "__Secure-e=5; Secure; Path=/",
    "__Host-f=6; Secure; Path=/",
  );
  expect(jar.header(root)).toBe("__Secure-e=5; __Host-f=6");
});

test("a cookie that is malformed is ignored, the others are kept, and nothing is written to the console", () => {
  const written = vi.spyOn(console, "warn").mockImplementation(() => {});
  vi.spyOn(console, "error").mockImplementation(written);
  const malformed = [
    "=;;=",
    "\u0001",
    "b=\u0001",
    "__proto__=1",
    "toString=1",
    "=nameless",
    `c=${"x".repeat(4096)}`,
  ];
  const jar = jarWith(base, ...malformed, "a=1; Path=/; Max-Age=x; Expires=y; constructor=z");
  expect(jar.header(base)).toBe("a=1");
  expect(written).not.toHaveBeenCalled();
});

test("a value is sent back as it came", () => {
  expect(jarWith(base, 'a="b%20c=d, e"').header(base)).toBe('a="b%20c=d, e"');
});

test("of two desks in one process neither sees the other's cookies or interactions", async () => {
  const { server, url } = await listen();
  let sessions = 0;
  server.script = async ({ what, path, headers }, honest) => {
    const answer = await honest();
    if (what === "GET /me")
      return {
        ...answer,
        headers: { "Set-Cookie": [`JSESSIONID=s${++sessions}; Path=/`, "BALANCER=b; Path=/"] },
      };
    if (!path.startsWith("/me/interactions?")) return answer;
    const whose = /JSESSIONID=(\w+)/.exec(headers["cookie"] ?? "")?.[1] ?? "none";
    return { body: { statusCode: 0, interactions: [email(`of-${whose}`)] } };
  };
  const one = deskAt(url);
  await one.desk.start();
  const other = deskAt(url);
  await other.desk.start();
  await until("both poll", () => server.count("/meta/connect") > 6);
  const ids = [one, other].map(({ desk }) => desk.interactions.getSnapshot().map(({ id }) => id));
  expect(ids).toEqual([["of-s1"], ["of-s2"]]);
  const seen = new Set(server.asked.map(({ headers }) => headers["cookie"]));
  expect(seen).toEqual(new Set([undefined, "JSESSIONID=s1; BALANCER=b", "JSESSIONID=s2; BALANCER=b"]));
  // A client id never travels under the cookie of the other desk.
  const pairs = server.asked.flatMap(({ body, headers }) =>
    Array.isArray(body)
      ? body.flatMap(({ clientId }: { clientId?: string }) =>
          clientId === undefined ? [] : [`${clientId} ${headers["cookie"]}`],
        )
      : [],
  );
  expect(new Set(pairs).size).toBe(2);
});

test("a desk that is stopped forgets its cookies, and one that starts again signs in again", async () => {
  const { server, url } = await listen();
  const { desk } = deskAt(url);
  await desk.start();
  await desk.stop();
  const before = server.asked.length;
  await desk.start();
  expect(server.asked[before]).toMatchObject({ what: "GET /me" });
  expect(server.asked[before]?.headers["cookie"]).toBeUndefined();
});
