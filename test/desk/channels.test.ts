import { expect, test } from "vitest";
import { handDesk } from "./hand-desk.ts";

function readinessOf(channel: string, state: string, reason?: string): object {
  const userState = { state, ...(reason === undefined ? {} : { reason }) };
  return { channel: "/v2/me/channels", data: { channels: [{ channel, userState }] } };
}

test("asking for Ready does not make a channel Ready; the server's notification does", async () => {
  const { desk, deliver, asked } = await handDesk();
  deliver(readinessOf("chat", "NotReady"));
  const chat = desk.channel("chat");
  const outcome = chat.actions.Ready!();
  await asked[0]!.answer({ kind: "acknowledged" });
  expect(chat.state).toBe("NotReady");
  deliver(readinessOf("chat", "Ready"));
  expect(chat.state).toBe("Ready");
  await expect(outcome).resolves.toEqual({ operation: "Ready", outcome: "Done" });
});

test("a channel that is Ready cannot be made Ready", async () => {
  const { desk, deliver } = await handDesk();
  deliver(readinessOf("chat", "Ready"));
  expect(desk.channel("chat").actions).not.toHaveProperty("Ready");
  expect(desk.channel("chat").can("Ready")).toEqual({ allowed: false, reason: "already" });
});

test("a pending readiness does not override what the agent chose later", async () => {
  const { desk, deliver, asked } = await handDesk();
  const chat = desk.channel("chat");
  const first = chat.actions.Ready!();
  const second = chat.actions.NotReady!({ reason: "OutToLunch" });
  await expect(first).resolves.toEqual({ operation: "Ready", outcome: "Superseded" });
  await asked[0]!.answer({ kind: "acknowledged" });
  deliver(readinessOf("chat", "Ready"));
  await asked[1]!.answer({ kind: "acknowledged" });
  deliver(readinessOf("chat", "NotReady", "OutToLunch"));
  await expect(second).resolves.toEqual({ operation: "NotReady", outcome: "Done" });
  expect(chat).toMatchObject({ state: "NotReady", reason: "OutToLunch", pending: [] });
});

test("a reason that is the name of another operation is refused at the call", async () => {
  const { desk, asked } = await handDesk();
  const { NotReady } = desk.channel("chat").actions;
  expect(() => NotReady!({ reason: "Ready" })).toThrow('"reason" must be other than Ready');
  expect(asked).toEqual([]);
});

test("a server with nothing to notify is asked for its list", async () => {
  const { desk, deliver, asked, list, lookUp } = await handDesk();
  deliver(readinessOf("chat", "NotReady"));
  list.channels = [{ channel: "chat", userState: { state: "NotReady" } }];
  const outcome = desk.channel("chat").actions.NotReady!();
  await asked[0]!.answer({ kind: "acknowledged" });
  await lookUp();
  await expect(outcome).resolves.toMatchObject({ outcome: "Done" });
});

test("a readiness that is not known is kept as text and shown as unknown", async () => {
  const { desk, deliver } = await handDesk();
  deliver(readinessOf("chat", "Ready"), readinessOf("chat", "Meditating"));
  expect(desk.channel("chat")).toMatchObject({ state: "Unknown", serverState: "Meditating" });
  expect(desk.anomalies.getSnapshot().map(({ code }) => code)).toEqual(["unknown-state"]);
});

test("do not disturb is separate from readiness, for one channel and for all", async () => {
  const { desk, deliver } = await handDesk();
  deliver(readinessOf("chat", "Ready"), readinessOf("email", "NotReady"));
  deliver({ channel: "/v2/me/channels", data: { channels: [{ channel: "chat", dndState: "On" }] } });
  expect(desk.channel("chat")).toMatchObject({ state: "Ready", doNotDisturb: true });
  expect(desk.channel("email").doNotDisturb).toBeNull();
  deliver({ channel: "/v2/me/channels", data: { channels: [{ dndState: "Off" }] } });
  expect(desk.channel("chat").doNotDisturb).toBe(false);
  expect(desk.channel("email")).toMatchObject({ state: "NotReady", doNotDisturb: false });
});

test("a channel whose name cannot be part of an address cannot be acted on", async () => {
  const { desk, asked } = await handDesk();
  const channel = desk.channel("../me");
  expect(channel.actions).toEqual({});
  expect(channel.can("Ready")).toEqual({ allowed: false, reason: "unsafe-id" });
  expect(asked).toEqual([]);
});
