import { expect, test } from "vitest";
import { running } from "./running.ts";

const readyState = { id: "9430250E-0A1B-421F-B372-F29E69366DED", displayName: "Ready", state: "Ready" };
const notReadyState = {
  id: "900D55CC-2BB0-431F-8BF9-D3525B383BE6",
  displayName: "Not Ready",
  state: "NotReady",
};

test("a channel goes Ready, is answered as recorded, and the notification lists only that channel", async () => {
  const { ana } = await running();
  const reply = await ana.post("/me/channels/chat", { operationName: "Ready" });
  expect([reply.status, reply.body]).toEqual([200, { status: "ok" }]);
  expect(await ana.catchUp()).toEqual([
    { channel: "/v2/me/channels", data: { channels: [{ channel: "chat", userState: readyState }] } },
  ]);
});

test("a custom state is NotReady with a reason", async () => {
  const { simulator, ana } = await running();
  await ana.post("/me/channels/email", { operationName: "OutToLunch" });
  const userState = {
    id: expect.any(String),
    displayName: "Out To Lunch",
    state: "NotReady",
    reason: "OutToLunch",
  };
  expect(await ana.catchUp()).toEqual([
    { channel: "/v2/me/channels", data: { channels: [{ channel: "email", userState }] } },
  ]);
  expect(simulator.snapshot("agent1").channels["email"]).toEqual({ state: "NotReady", reason: "OutToLunch" });
});

test("all channels change with one operation on the agent", async () => {
  const { ana } = await running();
  await ana.post("/me/channels/chat", { operationName: "Ready" });
  await ana.catchUp();
  expect((await ana.post("/me", { operationName: "Ready" })).body).toEqual({ status: "ok" });
  expect(await ana.catchUp()).toEqual([
    { channel: "/v2/me/channels", data: { channels: [{ channel: "email", userState: readyState }] } },
  ]);
  await ana.post("/me", { operationName: "NotReady" });
  expect((await ana.catchUp())[0]?.data["channels"]).toEqual([
    { channel: "email", userState: notReadyState },
    { channel: "chat", userState: notReadyState },
  ]);
});

test("nothing is sent when nothing changed", async () => {
  const { ana } = await running();
  expect((await ana.post("/me/channels/chat", { operationName: "NotReady" })).body).toEqual({ status: "ok" });
  expect(await ana.catchUp()).toEqual([]);
});

test("an unknown state is refused and changes nothing", async () => {
  const { simulator, ana } = await running();
  const reply = await ana.post("/me/channels/chat", { operationName: "Redy" });
  expect([reply.status, reply.body]).toEqual([
    404,
    { status: "error", errorDescription: expect.any(String) },
  ]);
  const empty = await ana.post("/me/channels/chat", {});
  expect([empty.status, empty.body["status"]]).toEqual([200, "error"]);
  expect(simulator.snapshot("agent1").channels["chat"]).toEqual({ state: "NotReady" });
});

test("a channel that the agent does not have is not found", async () => {
  const { simulator, ana } = await running({
    agents: [
      { user: "agent1", password: "secret-agent1", channels: ["email"] },
      { user: "agent2", password: "secret-agent2" },
    ],
  });
  for (const channel of ["chat", "voice", "__proto__"]) {
    expect((await ana.post(`/me/channels/${channel}`, { operationName: "Ready" })).body["statusCode"]).toBe(
      6,
    );
    expect((await ana.get(`/me/channels/${channel}`)).status).toBe(404);
  }
  await ana.post("/me", { operationName: "Ready" });
  expect(simulator.snapshot("agent1").channels).toEqual({ email: { state: "Ready" } });
});

test("readiness can be read", async () => {
  const { ana } = await running();
  await ana.post("/me/channels/chat", { operationName: "Ready" });
  const chat = { channel: "chat", userState: readyState };
  expect((await ana.get("/me/channels?fields=*")).body).toEqual({
    statusCode: 0,
    channels: [{ channel: "email", userState: notReadyState }, chat],
  });
  expect((await ana.get("/me/channels/chat")).body["channel"]).toEqual(chat);
});

test("the states to choose from can be read and set up", async () => {
  const { ana } = await running({ reasons: ["SchoolRun"] });
  const { settings } = (await ana.get("/settings/agent-states")).body as unknown as { settings: object[] };
  expect(settings).toEqual([
    { ...readyState, operationName: "Ready" },
    { ...notReadyState, operationName: "NotReady" },
    {
      id: expect.stringMatching(/^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/),
      operationName: "SchoolRun",
      displayName: "School Run",
      state: "NotReady",
      reason: "SchoolRun",
    },
  ]);
  expect((await ana.post("/me/channels/chat", { operationName: "SchoolRun" })).body).toEqual({
    status: "ok",
  });
});

test("the readiness of an agent is not sent to other agents", async () => {
  const { ana, ben } = await running();
  await ana.post("/me", { operationName: "Ready" });
  expect(await ben.catchUp()).toEqual([]);
});
