import { expect, test } from "vitest";
import { acceptedChat, acceptedEmail, running } from "./running.ts";

test.each(["AttachUserData", "UpdateUserData"])(
  "%s sets keys, and the whole user data is sent",
  async (operationName) => {
    const run = await running();
    const id = await acceptedEmail(run);
    const before = run.simulator.snapshot("agent1").interactions[0]?.userData ?? new Map();
    const userData = { Subject: "Wet light", "Peg ?: 2>1": 0, empty: null, vip: true };
    expect((await run.ana.operate(id, operationName, { userData })).body).toEqual({ statusCode: 0 });
    const [message] = await run.ana.catchUp();
    const interaction = message?.data["interaction"];
    expect(interaction).toMatchObject({ id, state: "PropertiesChanged" });
    expect(interaction).not.toHaveProperty("capabilities");
    expect(interaction?.["userData"]).toEqual({ ...Object.fromEntries(before), ...userData });
    expect(run.simulator.snapshot("agent1").interactions[0]?.userData.get("empty")).toBe(null);
  },
);

test("DeleteUserData takes keys away", async () => {
  const run = await running();
  const { id } = await acceptedChat(run);
  await run.ana.operate(id, "DeleteUserData", { keys: ["Subject", "never there"] });
  const [message] = await run.ana.catchUp();
  expect(message?.data["interaction"]?.["userData"]).not.toHaveProperty("Subject");
  expect(run.simulator.snapshot("agent1").interactions[0]?.userData.has("Subject")).toBe(false);
});

test("a key may be called __proto__ and is nothing but a key", async () => {
  const run = await running();
  const id = await acceptedEmail(run);
  await run.ana.operate(id, "AttachUserData", {
    userData: JSON.parse('{"__proto__":"x","constructor":"y"}'),
  });
  const [message] = await run.ana.catchUp();
  const userData = message?.data["interaction"]?.["userData"] ?? {};
  expect(Object.entries(userData).slice(-2)).toEqual([
    ["__proto__", "x"],
    ["constructor", "y"],
  ]);
  expect(({} as Record<string, unknown>)["x"]).toBeUndefined();
});

test.each([
  ["AttachUserData", {}],
  ["AttachUserData", { userData: ["a"] }],
  ["UpdateUserData", { userData: { deep: { er: 1 } } }],
  ["DeleteUserData", {}],
  ["DeleteUserData", { keys: [] }],
  ["DeleteUserData", { keys: "Subject" }],
  ["DeleteUserData", { keys: ["Subject", 7] }],
])("%s with %j is refused and changes nothing", async (operationName, parameters) => {
  const run = await running();
  const id = await acceptedEmail(run);
  const before = run.simulator.snapshot("agent1");
  expect((await run.ana.operate(id, operationName, parameters)).body["statusCode"]).toBe(1);
  expect(run.simulator.snapshot("agent1")).toEqual(before);
  expect(await run.ana.states()).toEqual([]);
});

test("the customer's own user data comes on top of the strategy's", async () => {
  const { simulator, ana } = await running();
  await ana.post("/me", { operationName: "Ready" });
  simulator.customers.chat({ subject: "Light", userData: { ServiceType: "repair", Frame: 56 } });
  const [live] = simulator.snapshot("agent1").interactions;
  expect(Object.fromEntries(live?.userData ?? [])).toMatchObject({
    Subject: "Light",
    ServiceType: "repair",
    Frame: 56,
    RTenant: "Environment",
  });
});
