import { expect, test } from "vitest";
import { createCookies } from "../../src/links/gws/cookies.node.ts";
import { deskAt, email } from "./desk-at.ts";
import { listen } from "./listen.ts";
import { until } from "./until.ts";

/** A jar that was given these cookies by this address. */
function jar(address: string, ...cookies: string[]) {
  const made = createCookies();
  const headers = cookies.map((cookie): [string, string] => ["Set-Cookie", cookie]);
  made.keep(address, new Response("", { headers }));
  return made;
}

const base = "https://gws.example/api/v2/me";

test("a cookie is sent below its path only", () => {
  const cookies = jar(base, "a=1; Path=/api", "b=2; Path=/api/v2/notifications", "c=3; Path=/");
  expect(cookies.header(base)?.split("; ").toSorted()).toEqual(["a=1", "c=3"]);
  expect(cookies.header("https://gws.example/apiary")).toBe("c=3");
});

test("a cookie is not sent after it expired or was taken back", () => {
  expect(jar(base, "a=1; Max-Age=0").header(base)).toBeUndefined();
  expect(jar(base, "a=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT").header(base)).toBeUndefined();
  expect(jar(base, "a=1", "a=; Max-Age=0").header(base)).toBeUndefined();
  expect(jar(base, "a=1; Max-Age=60").header(base)).toBe("a=1");
});

test("a secure cookie is not sent in clear", () => {
  const cookies = jar("https://gws.example/", "a=1; Secure; Path=/");
  expect(cookies.header("https://gws.example/")).toBe("a=1");
  expect(cookies.header("http://gws.example/")).toBeUndefined();
});

test("a cookie goes to nobody but who set it", () => {
  const cookies = jar(
    base,
    "a=1; Path=/",
    "b=2; Domain=other.example; Path=/",
    "c=3; Domain=example; Path=/",
  );
  expect(cookies.header("https://gws.example/")).toBe("a=1");
  expect(cookies.header("https://other.example/")).toBeUndefined();
  expect(cookies.header("https://gws.example.evil.example/")).toBeUndefined();
});

test("a cookie that cannot be read is left out, and the others are kept", () => {
  expect(jar(base, "=;;=", "\u0001", "a=1; Path=/").header(base)).toBe("a=1");
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
    const whose = /JSESSIONID=(\w+)/.exec(headers["cookie"] ?? "")?.[1] ?? "nobody";
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

test("a desk that is stopped forgets its cookies, and one that starts again signs in anew", async () => {
  const { server, url } = await listen();
  const { desk } = deskAt(url);
  await desk.start();
  await desk.stop();
  const before = server.asked.length;
  await desk.start();
  expect(server.asked[before]).toMatchObject({ what: "GET /me" });
  expect(server.asked[before]?.headers["cookie"]).toBeUndefined();
});
