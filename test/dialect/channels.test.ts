import { expect, test } from "vitest";
import { gws851 } from "../../src/links/gws/index.ts";
import { sample, type Fields } from "../recorded/read.ts";
import { recordedDesk } from "./recorded-desk.ts";

const topic = "/v2/me/channels";
const ready = { id: "9430250E-0A1B-421F-B372-F29E69366DED", displayName: "Ready", state: "Ready" };
const notReady = { id: "900D55CC-2BB0-431F-8BF9-D3525B383BE6", displayName: "Not Ready", state: "NotReady" };
const decoded = (data: unknown) => gws851.decode({ channel: topic, data });
const chatIs = (change: string, others: Fields = {}) => [
  { about: "channel", channel: "chat", change, state: change, reason: null, ...others },
];

test("8.5.0: a channel is Ready, without messageType and without envelope channel", () => {
  const message = sample("8.5.0-channels-ready-notification");
  expect(gws851.decode(message)).toEqual({ facts: chatIs("Ready"), anomalies: [] });
});

test("8.5.2: a channel is Ready, and do not disturb is off", () => {
  const message = sample("8.5.2-channel-ready-notification");
  expect(gws851.decode(message)).toEqual({
    facts: chatIs("Ready", { doNotDisturb: false }),
    anomalies: [],
  });
});

test("8.5.2: do not disturb is on while the channel stays Ready", () => {
  const message = sample("8.5.2-channel-dnd-on-notification");
  expect(gws851.decode(message)).toEqual({ facts: chatIs("Ready", { doNotDisturb: true }), anomalies: [] });
});

test.each([
  ["a list of channels", { channels: [{ channel: "chat", userState: notReady }] }],
  ["a list named channelStates", { channelStates: [{ channel: "chat", userState: notReady }] }],
  ["one entry that is the data itself", { channel: "chat", userState: notReady }],
  ["an entry whose state is not wrapped", { channels: [{ channel: "chat", state: "NotReady" }] }],
  ["another messageType", { messageType: "X", channels: [{ channel: "chat", userState: notReady }] }],
  [
    "an id that one page misprints",
    { channels: [{ channel: "chat", userState: { ...notReady, id: "DEV" } }] },
  ],
])("NotReady is read from %s", (_, data) => {
  expect(decoded(data)).toEqual({ facts: chatIs("NotReady"), anomalies: [] });
});

test.each([
  ["reason", { reason: "OutToLunch" }],
  ["reasonCode", { reasonCode: "OutToLunch" }],
  ["both", { reason: "OutToLunch", reasonCode: "1105" }],
])("the reason for not being ready is read from %s", (_, reason) => {
  const data = { channels: [{ channel: "chat", userState: { ...notReady, ...reason } }] };
  expect(decoded(data)).toEqual({ facts: chatIs("NotReady", { reason: "OutToLunch" }), anomalies: [] });
});

test("8.5.0: do not disturb without the name of a channel is about every channel", () => {
  const { desk, link } = recordedDesk();
  link.deliver([{ channel: topic, data: { channels: [{ dndState: "On", userState: notReady }] } }]);
  for (const name of ["email", "chat"]) {
    expect(desk.channel(name)).toMatchObject({ state: "NotReady", doNotDisturb: true });
  }
});

test("only the channels that a notification lists change", () => {
  const { desk, link } = recordedDesk();
  link.deliver([
    { channel: topic, data: sample("8.5.2-channels-get-response") },
    { channel: topic, data: { channels: [{ channel: "email", userState: ready }] } },
  ]);
  const names = desk.channels.getSnapshot().map(({ name, state }) => [name, state]);
  expect(names).toEqual([
    ["email", "Ready"],
    ["chat", "Ready"],
    ["voice", "Ready"],
  ]);
});

test("a notification without dndState keeps do not disturb; one without a state keeps the readiness", () => {
  const { desk, link } = recordedDesk();
  const notify = (entry: Fields) =>
    link.deliver([{ channel: topic, data: { channels: [{ channel: "chat", ...entry }] } }]);
  notify({ userState: notReady, dndState: "On" });
  notify({ userState: ready });
  expect(desk.channel("chat")).toMatchObject({ state: "Ready", doNotDisturb: true });
  notify({ dndState: "Off" });
  expect(desk.channel("chat")).toMatchObject({ state: "Ready", doNotDisturb: false });
});

test("a readiness that is neither makes the channel Unknown, keeps the server's word, and is reported", () => {
  const { desk, link } = recordedDesk();
  link.deliver([
    { channel: topic, data: { channels: [{ channel: "chat", userState: { state: "LoggedOut" } }] } },
  ]);
  expect(desk.channel("chat")).toMatchObject({ state: "Unknown", serverState: "LoggedOut" });
  expect(desk.anomalies.getSnapshot()[0]).toMatchObject({ code: "unknown-state", channel: "chat" });
});

test.each([
  ["a channel name that is not text", { channels: [{ channel: 5, userState: notReady }] }],
  ["an entry that is not an object", { channels: ["chat"] }],
  ["a list that is not a list", { channels: { chat: "NotReady" } }],
  ["nothing about readiness", { channels: [{ channel: "chat", phoneNumber: "3001" }] }],
  ["an empty object", {}],
  ["a state that is not text", { channels: [{ channel: "chat", userState: { state: 1 } }] }],
])("a notification with %s is reported and changes no channel", (_, data) => {
  const { desk, link } = recordedDesk();
  link.deliver([sample("8.5.2-channel-ready-notification")]);
  const before = desk.channels.getSnapshot().map((channel) => channel.getSnapshot());
  link.deliver([{ channel: topic, data }]);
  expect(desk.anomalies.total()).toBeGreaterThan(0);
  expect(desk.channels.getSnapshot().map((channel) => channel.getSnapshot())).toEqual(before);
  link.deliver([{ channel: topic, data: { channels: [{ channel: "chat", userState: notReady }] } }]);
  expect(desk.channel("chat").state).toBe("NotReady");
});

test("a do not disturb that is neither On nor Off is reported; the readiness beside it counts", () => {
  const { facts, anomalies } = decoded({
    channels: [{ channel: "chat", dndState: "Maybe", userState: ready }],
  });
  expect(facts).toEqual(chatIs("Ready"));
  expect(anomalies).toMatchObject([{ code: "bad-field", channel: "chat" }]);
});
