import { expect, test } from "vitest";
import { gws851 } from "../../src/links/gws/index.ts";
import { recordedBatch, recordedInteraction, recordedNames, sample, type Fields } from "../recorded/read.ts";

const [channels, interactions] = gws851.lists;
const readChannels = channels!.read;
const readInteractions = interactions!.read;

test("absence from the list of interactions means the end of one; absence from the list of channels means nothing", () => {
  expect(channels).toMatchObject({
    request: { method: "GET", path: "/me/channels?fields=*" },
    holdsInteractions: false,
  });
  expect(interactions).toMatchObject({
    request: { method: "GET", path: "/me/interactions?fields=*" },
    holdsInteractions: true,
  });
});

test("a listed interaction is read as its notification is, in either shape", () => {
  for (const name of recordedNames) {
    const { facts } = gws851.decode(recordedBatch(name)[0]);
    const fields = recordedInteraction(name);
    for (const entry of [fields, { interaction: fields }]) {
      const content = readInteractions({ statusCode: 0, interactions: [entry] });
      expect(content).toEqual({ facts, anomalies: [], ids: [fields["id"]] });
    }
  }
});

test("a broken entry of a list is reported, and the others are read", () => {
  const good = recordedInteraction("email-invited");
  const content = readInteractions({ interactions: [null, "x", { id: "" }, { state: "Invited" }, good] });
  expect(content?.ids).toEqual([good["id"]]);
  expect(content?.anomalies.map(({ code }) => code)).toEqual([
    "bad-field",
    "bad-field",
    "unsafe-id",
    "missing-field",
  ]);
});

test("a list of addresses alone still names the interactions; no address is followed", () => {
  expect(readInteractions(sample("8.5.0-me-interactions-uris-response"))).toEqual({
    facts: [],
    anomalies: [],
    ids: ["00009a8T8Y130123"],
  });
  const uris = ["https://evil.example/api/v2/interactions/A%20b", "C", 7, "x/%ff"];
  expect(readInteractions({ uris })?.ids).toEqual(["A b", "C", "%ff"]);
});

test("an empty list is a list", () => {
  expect(readInteractions({ statusCode: 0, interactions: [] })).toEqual({
    facts: [],
    anomalies: [],
    ids: [],
  });
  expect(readChannels({ channels: [] })).toEqual({ facts: [], anomalies: [], ids: [] });
});

test.each([
  ["a login page", undefined],
  ["null", null],
  ["a list without a name", []],
  ["text", "interactions"],
  ["a failure", { statusCode: 4 }],
  ["something else under the name", { interactions: {}, channels: "all", uris: 3 }],
])("%s is no list, so that nothing is taken to have ended", (_, body) => {
  expect(readInteractions(body)).toBeUndefined();
  expect(readChannels(body)).toBeUndefined();
});

test("the channels are read from the list, and from where they stand inside the agent's own resource", () => {
  const listed = readChannels(sample("8.5.2-channels-get-response"));
  expect(listed?.facts.map((fact) => [fact.channel, fact.change])).toEqual([
    ["chat", "Ready"],
    ["email", "NotReady"],
    ["voice", "Ready"],
  ]);
  const states = sample("8.5.2-me-subresources-channels") as Fields[];
  for (const user of [{ channels: states }, { channelStates: states }]) {
    const inside = readChannels({ statusCode: 0, user });
    expect(inside?.facts.map((fact) => [fact.channel, fact.change])).toEqual([
      ["chat", "Ready"],
      ["twitter", "Ready"],
    ]);
    expect(inside?.anomalies).toEqual([]);
  }
});
