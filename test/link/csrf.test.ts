import { expect, test } from "vitest";
import { deskAt } from "./desk-at.ts";
import { listen } from "./listen.ts";
import { signIns, simulate } from "./simulate.ts";
import { until } from "./until.ts";

test("the CSRF token is on every request that changes something, those of CometD included", async () => {
  const { server, url } = await listen();
  server.script = async ({ method }, honest) => {
    const answer = await honest();
    if (method !== "GET") return answer;
    return { ...answer, headers: { ...answer.headers, "X-CSRF-HEADER": "X-My-Token", "X-CSRF-TOKEN": "t1" } };
  };
  const { desk } = deskAt(url);
  await desk.start();
  void desk.channel("chat").actions.NotReady?.();
  await until("it was sent", () => server.count("NotReady") === 1);
  await desk.stop();
  const [reading, changing] = [true, false].map((isReading) =>
    server.asked.filter(({ method }) => (method === "GET") === isReading),
  );
  expect(new Set(changing?.map(({ headers }) => headers["x-my-token"]))).toEqual(new Set(["t1"]));
  expect(changing?.map(({ what }) => what)).toContain("/meta/disconnect");
  expect(new Set(reading?.map(({ headers }) => headers["x-my-token"]))).toEqual(new Set([undefined]));
});

test.each(["Cookie", "authorization", "Host", "Content-Type", "two words", ""])(
  "a server cannot set the header %j by calling it its CSRF header",
  async (name) => {
    const { server, url } = await listen();
    server.script = async (_asked, honest) => {
      const answer = await honest();
      return { ...answer, headers: { ...answer.headers, "X-CSRF-HEADER": name, "X-CSRF-TOKEN": "evil" } };
    };
    const { desk } = deskAt(url);
    await desk.start();
    expect(JSON.stringify(server.asked.map(({ headers }) => headers))).not.toContain("evil");
  },
);

test("a CSRF token that changed costs one renewal, and what was asked for is done", async () => {
  const server = await simulate();
  const { desk, anomalyCodes } = deskAt(server.url);
  await desk.start();
  server.faults.changeCsrf("agent1");
  expect(await desk.channel("chat").actions.Ready?.()).toMatchObject({ outcome: "Done" });
  await until("the desk is Live", () => desk.connection.state === "Live");
  expect(signIns(server)).toBe(2);
  expect(anomalyCodes()).toContain("session-renewed");
});
