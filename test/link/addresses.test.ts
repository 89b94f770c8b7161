import { expect, test } from "vitest";
import { DeskError } from "../../src/index.ts";
import { gws } from "../../src/links/gws/index.ts";
import { deskAt } from "./desk-at.ts";
import { listen } from "./listen.ts";
import { until } from "./until.ts";

const credentials = { user: "agent1", password: "hunter2" };

function refused(url: string, more: object = {}): unknown {
  try {
    return gws({ url, credentials, ...more }) && undefined;
  } catch (error) {
    return error instanceof DeskError ? error.code : error;
  }
}

test.each([
  "http://gws.example/api/v2",
  "http://127.0.0.1.evil.example/",
  "http://localhost.evil.example/",
  "http://[::2]/",
])("credentials do not travel in clear to %s unless that is asked for", (url) => {
  expect(refused(url)).toBe("insecure-url");
  expect(refused(url, { allowInsecureHttp: true })).toBeUndefined();
});

test.each([
  "http://127.0.0.1:8080/api/v2",
  "http://localhost/api/v2",
  "http://[::1]:1/api",
  "http://desk.localhost/",
  "https://gws.example/api/v2/",
])("%s is taken as it is", (url) => {
  expect(refused(url)).toBeUndefined();
});

test.each([
  "",
  "gws.example",
  "ftp://gws.example/",
  "file:///etc",
  "https://gws.example/?x=1",
  "https://gws.example/#x",
  "https://agent1:hunter2@gws.example/",
])("%j is no address of a server, and the refusal quotes no password", (url) => {
  expect(refused(url)).toBe("invalid-options");
  try {
    gws({ url, credentials });
  } catch (error) {
    expect(String(error)).not.toContain("hunter2");
  }
});

test.each([301, 302, 303, 307, 308])(
  "a redirect by %d is not followed, neither of a GET nor of a POST",
  async (status) => {
    const elsewhere = await listen();
    const { server, url } = await listen();
    const Location = `${elsewhere.url}/me`;
    const away = { status, headers: { Location }, body: "" };
    let redirects: "GET" | "POST" | undefined = "GET";
    server.script = ({ method }, honest) => (method === redirects ? away : honest());
    const { desk } = deskAt(url);
    void desk.start().catch(() => {});
    await until("sign-in was tried twice", () => server.asked.length > 1);
    expect(desk.connection).toMatchObject({ state: "Connecting", lossReason: "unexpected-content" });
    redirects = "POST";
    await until("CometD was tried twice", () => server.count("/meta/handshake") > 1);
    redirects = undefined;
    await until("the desk is Live", () => desk.connection.state === "Live");
    expect(elsewhere.server.asked).toEqual([]);
  },
);

test("addresses in messages and lists are never visited", async () => {
  const elsewhere = await listen();
  const { server, url } = await listen();
  const uri = `${elsewhere.url}/me/interactions/1`;
  server.advice = { reconnect: "retry", timeout: 100, hosts: [new URL(elsewhere.url).host] };
  server.script = async ({ path }, honest) =>
    path.startsWith("/me/interactions?") ? { body: { statusCode: 0, uris: [uri] } } : honest();
  const { desk } = deskAt(url);
  await desk.start();
  server.notify("/v2/me/interactions", {
    id: "1",
    channel: "email",
    state: "Invited",
    uri,
    capabilities: [],
  });
  await until("it is shown", () => desk.interaction("1") !== undefined);
  expect(elsewhere.server.asked).toEqual([]);
});
