import { expect, test } from "vitest";
import { email, handDesk } from "./hand-desk.ts";

const recorded = { Subject: "Help", Old: "x", "PegAG?: 2>1": 1, Skills: null };

test("an edit becomes the operations that the server has for it", async () => {
  const { desk, notify, asked } = await handDesk();
  notify(email("e", "Accepted", { userData: recorded }));
  const outcomes = desk.interaction("e")!.editUserData((draft) => {
    draft["Subject"] = "Rain jacket";
    draft["New"] = 7;
    delete draft["Old"];
  });
  expect(asked.map(({ operation, parameters }) => [operation, { ...parameters }])).toEqual([
    ["AttachUserData", { userData: { New: 7 } }],
    ["UpdateUserData", { userData: { Subject: "Rain jacket" } }],
    ["DeleteUserData", { keys: ["Old"] }],
  ]);
  for (const request of asked) await request.answer({ kind: "acknowledged" });
  expect(desk.interaction("e")!.userData["Subject"]).toBe("Help");
  const { Old: _, ...kept } = recorded;
  notify(email("e", "PropertiesChanged", { userData: { ...kept, Subject: "Rain jacket", New: "7" } }));
  expect((await outcomes).map(({ outcome }) => outcome)).toEqual(["Done", "Done", "Done"]);
});

test("an edit that changes nothing asks for nothing", async () => {
  const { desk, notify, asked } = await handDesk();
  notify(email("e", "Accepted", { userData: recorded }));
  await expect(
    desk.interaction("e")!.editUserData((draft) => void (draft["Subject"] = "Help")),
  ).resolves.toEqual([]);
  expect(asked).toEqual([]);
});

test("each part of an edit is gated by its own capability", async () => {
  const { desk, notify, asked } = await handDesk();
  notify(email("e", "Accepted", { userData: recorded, capabilities: ["UpdateUserData"] }));
  const outcomes = desk.interaction("e")!.editUserData((draft) => {
    draft["Subject"] = "y";
    delete draft["Old"];
  });
  expect(asked.map(({ operation }) => operation)).toEqual(["UpdateUserData"]);
  await asked[0]!.answer({ kind: "refused", code: 5, message: undefined });
  await expect(outcomes).resolves.toEqual([
    { operation: "UpdateUserData", outcome: "Refused", code: 5 },
    { operation: "DeleteUserData", outcome: "NotAllowed", reason: "not-granted" },
  ]);
});

test("an edit with a value that user data cannot hold throws at the call", async () => {
  const { desk, notify, asked } = await handDesk();
  notify(email("e", "Accepted"));
  const interaction = desk.interaction("e")!;
  expect(() =>
    interaction.editUserData((draft) => void (draft["x"] = { deep: 1 } as unknown as string)),
  ).toThrow('"x" must be text, a number, a boolean or null');
  expect(asked).toEqual([]);
});

test("keys that are names of the language are data like any other", async () => {
  const { desk, deliver } = await handDesk();
  deliver(
    JSON.parse(
      '{"data":{"messageType":"InteractionStateMessage","id":"e","channel":"email","state":"Accepted","capabilities":["UpdateUserData"],"userData":{"__proto__":"x","constructor":"y"}}}',
    ),
  );
  const { userData } = desk.interaction("e")!;
  expect(Object.keys(userData)).toEqual(["__proto__", "constructor"]);
  expect(userData["__proto__"]).toBe("x");
  expect(userData["toString"]).toBeUndefined();
  expect(({} as Record<string, unknown>)["x"]).toBeUndefined();
});
