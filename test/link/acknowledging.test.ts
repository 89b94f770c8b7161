import { expect, onTestFinished, test } from "vitest";
import { deskAt, email } from "./desk-at.ts";
import { listen } from "./listen.ts";
import { startProxy } from "./proxy.ts";
import { simulate } from "./simulate.ts";
import { until } from "./until.ts";

test("a server that acknowledges is known to do so, and a reply that was cut is delivered again", async () => {
  const simulator = await simulate();
  const proxy = await startProxy(Number(new URL(simulator.url).port));
  onTestFinished(() => proxy.close());
  const { desk, anomalyCodes } = deskAt(`http://127.0.0.1:${proxy.port}/api/v2`);
  await desk.start();
  expect(desk.connection.isAcknowledging).toBe(true);
  expect(anomalyCodes()).not.toContain("not-acknowledging");
  await desk.channel("chat").actions.Ready?.();
  const handshakes = () =>
    simulator.requests.filter(({ operationName }) => operationName === "/meta/handshake").length;
  proxy.cutAfter(300);
  const { id } = simulator.customers.chat();
  await until("the offer is shown", () => desk.interaction(id)?.state === "Invited");
  expect(handshakes()).toBe(1);
});

test("without acknowledgement what a cut reply held is made up by the server's list", async () => {
  const { server, url } = await listen();
  server.timeout = 300;
  const proxy = await startProxy(Number(new URL(url).port));
  onTestFinished(() => proxy.close());
  const { desk, anomalyCodes, states } = deskAt(`http://127.0.0.1:${proxy.port}/api/v2`);
  await desk.start();
  expect(desk.connection.isAcknowledging).toBe(false);
  expect(anomalyCodes()).toContain("not-acknowledging");
  for (const id of ["one", "two", "three"]) {
    await until("the desk is Live", () => desk.connection.state === "Live");
    const polls = server.count("/meta/connect");
    await until("a poll is held", () => server.count("/meta/connect") > polls);
    proxy.cutAfter(120);
    server.interactions = [...server.interactions, email(id)];
    server.notify("/v2/me/interactions", email(id));
    await until(`${id} is shown`, () => desk.interaction(id)?.state === "Invited");
  }
  expect(states.filter((state) => state === "CatchingUp").length).toBeGreaterThan(1);
  expect(anomalyCodes().filter((code) => code === "not-acknowledging")).toHaveLength(1);
});
