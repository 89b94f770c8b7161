import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { deliverMessages } from "../../src/cli/replay-messages.ts";
import { recordedBatch, recordedNames } from "../recorded/read.ts";
import { run, runProcess } from "./command.ts";

const folder = mkdtempSync(join(tmpdir(), "deskstate-replay-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let files = 0;

/** Writes a file and gives its name. */
function file(content: string | Uint8Array): string {
  const name = join(folder, `${++files}.json`);
  writeFileSync(name, content);
  return name;
}

const recordedFiles = recordedNames.map((name) => `test/recorded/8.5.1-seed/${name}.json`);

interface Replayed {
  readonly interactions: readonly Record<string, unknown>[];
  readonly channels: readonly Record<string, unknown>[];
  readonly anomalies: readonly Record<string, unknown>[];
}

async function replayed(args: readonly string[], input?: string): Promise<Replayed> {
  const { code, stdout, stderr } = await run(
    ["replay", "--json", ...args],
    input === undefined ? {} : { input },
  );
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return JSON.parse(stdout) as Replayed;
}

function message(interaction: Record<string, unknown>): unknown {
  return { data: { interaction, messageType: "InteractionStateMessage" }, channel: "/v2/me/interactions" };
}

describe("replay of the recorded messages", () => {
  test("prints exactly one document with the end state", async () => {
    const { code, stdout, stderr } = await run(["replay", "--json", ...recordedFiles]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const { interactions, channels, anomalies } = JSON.parse(stdout) as Replayed;
    expect(interactions.map(({ id, channel, state, outcome }) => [id, channel, state, outcome])).toEqual([
      ["0000Ka8WP8G94H9A", "email", "Accepted", null],
      ["0000Ja8V814907JM", "email", "Revoked", "Revoked"],
      ["0000Ja8V814907KS", "chat", "Revoked", "Revoked"],
      ["00002a94345B0MXX", "chat", "Accepted", null],
    ]);
    expect(channels.map(({ name, state }) => [name, state])).toEqual([
      ["email", "Unknown"],
      ["chat", "Unknown"],
    ]);
    expect(anomalies).toEqual([]);
  });

  test("prints a table for people", async () => {
    const { code, stdout, stderr } = await run(["replay", ...recordedFiles]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(
      /^00002a94345B0MXX {2}chat +Accepted +5 events +test_agent_notificationL: Customersupport$/m,
    );
    expect(stdout).toMatch(/^0000Ja8V814907JM {2}email +Revoked +Revoked +Customer1@ci-vm106: test_reply$/m);
    expect(stdout).toContain("no anomalies");
  });

  test("shows every field of an interaction, null for what is not known", async () => {
    const [email, , , chat] = (await replayed(recordedFiles)).interactions;
    expect(email).toMatchObject({
      serverState: "Accepted",
      direction: "Inbound",
      subType: "InboundNew",
      capabilities: expect.arrayContaining(["Reply", "StopProcessing"]) as unknown,
      userData: { "PegAG?: 2>1": 1, RRequestedSkills: null, FirstName: "qwerty" },
      email: { subject: "Rendering_response_category", toAddress: "support@ci-vm106" },
      transcript: null,
      gaps: null,
      queues: { current: "SimpleEmailInQueue", in: { __STOP__: "" }, out: { SimpleEmailOutQueue: "" } },
      startDate: 1382994529967,
      parentId: null,
      raw: {},
    });
    expect(typeof email?.["threadId"]).toBe("string");
    expect(chat).toMatchObject({ email: null, gaps: [], queues: { out: null } });
    expect(chat?.["transcript"]).toMatchObject([1, 2, 3, 4, 5].map((id) => ({ id })));
  });

  test("comes to the same in any order of a chat's updates, and when files are repeated", async () => {
    const accepted = recordedFiles[5]!;
    const changed = recordedFiles[6]!;
    const once = (await replayed([accepted, changed])).interactions;
    expect((await replayed([changed, accepted])).interactions).toEqual(once);
    expect((await replayed([accepted, changed, accepted, changed, changed])).interactions).toEqual(once);
  });

  test("takes the files in the order they are given", async () => {
    const [invited, , accepted] = recordedFiles;
    expect((await replayed([invited!, accepted!])).interactions[0]?.["state"]).toBe("Accepted");
    expect((await replayed([accepted!, invited!])).interactions[0]?.["state"]).toBe("Accepted");
    expect((await replayed([accepted!])).interactions.map(({ state }) => state)).toEqual(["Accepted"]);
  });
});

describe("what replay reads", () => {
  const invited = recordedBatch("email-invited");
  const id = "0000Ka8WP8G94H9A";

  test("a single message", async () => {
    const name = file(JSON.stringify(invited[0]));
    expect((await replayed([name])).interactions.map((interaction) => interaction["id"])).toEqual([id]);
    expect((await run(["replay", name])).stdout).toContain(`1 message of ${name}\n`);
  });

  test("an array or a message per line, from standard input", async () => {
    const lines = [invited, recordedBatch("chat-invited"), recordedBatch("email-accepted")[0]];
    const input = `${lines.map((line) => JSON.stringify(line)).join("\r\n\n")}\n`;
    const { interactions } = await replayed(["-"], input);
    expect(interactions.map(({ state }) => state)).toEqual(["Accepted", "Invited"]);
  });

  test("a file that begins with a byte order mark", async () => {
    const { interactions } = await replayed([file(`\ufeff${JSON.stringify(invited)}`)]);
    expect(interactions).toHaveLength(1);
  });

  test("an empty array, which comes to nothing", async () => {
    expect(await replayed([file("[]")])).toMatchObject({ interactions: [], anomalies: [] });
  });

  test("what is no message becomes an anomaly, and the exit code stays 0", async () => {
    const { anomalies } = await replayed([
      file('[1, null, {"data": {"unknown": true}}, [], "text"]'),
      file("7"),
    ]);
    expect(anomalies.map(({ code }) => code)).toEqual([
      "not-a-message",
      "not-a-message",
      "unknown-message",
      "not-a-message",
      "not-a-message",
      "not-a-message",
    ]);
    expect(anomalies[0]).toMatchObject({ sequence: 1, id: null, message: "A message is a number." });
  });

  test("a user data key called __proto__ stays a key of its own", async () => {
    const text = `[{"data":{"interaction":{"id":"a","channel":"chat","state":"Invited","capabilities":[],
      "userData":{"__proto__":"x","constructor":1,"PegAG?: 2>1":null}}}}]`;
    const { stdout } = await run(["replay", "--json", file(text)]);
    expect(stdout.replace(/\s+/g, "")).toContain(
      '"userData":{"__proto__":"x","constructor":1,"PegAG?:2>1":null}',
    );
  });

  test("a channel that is not known keeps the server's spelling", async () => {
    const sms = message({ id: "a", channel: "SMS", state: "Weird", capabilities: ["Fly"], extra: 1 });
    const { interactions, anomalies } = await replayed([file(JSON.stringify([sms]))]);
    expect(interactions[0]).toMatchObject({
      channel: "SMS",
      state: "Unknown",
      serverState: "Weird",
      capabilities: ["Fly"],
      transcript: null,
      raw: { extra: 1 },
    });
    expect(anomalies.map(({ code }) => code)).toEqual(
      expect.arrayContaining(["unknown-channel", "unknown-state", "unknown-capability"]),
    );
  });

  test("a chat with a hole shows the hole", async () => {
    const events = [1, 4].map((event) => ({ id: event, messageType: "MESSAGE", userId: "u", text: "x" }));
    const chat = message({
      id: "a",
      channel: "chat",
      state: "Accepted",
      capabilities: [],
      content: { latestEventId: 5, events },
    });
    const { interactions } = await replayed([file(JSON.stringify([chat]))]);
    expect(interactions[0]?.["gaps"]).toEqual([
      { from: 2, to: 3 },
      { from: 5, to: 5 },
    ]);
  });

  test("a readiness, also one that is about every channel", async () => {
    const ready = {
      channel: "/v2/me/channels",
      data: { channels: [{ channel: "chat", userState: { state: "Ready" } }] },
    };
    const busy = { channel: "/v2/me/channels", data: { channels: [{ dndState: "On" }] } };
    const { channels } = await replayed([file(JSON.stringify([ready, busy]))]);
    expect(channels).toEqual([
      { name: "email", state: "Unknown", serverState: null, reason: null, doNotDisturb: true },
      { name: "chat", state: "Ready", serverState: "Ready", reason: null, doNotDisturb: true },
    ]);
  });

  test("text of strangers cannot reach the terminal's controls through the table", async () => {
    const evil = message({
      id: "a",
      channel: "email",
      state: "Invited",
      capabilities: ["Accept\u001b[2J"],
      userData: { Subject: "\u001b[31mred\u0007\u202e", FromAddress: "x\ry" },
    });
    const { stdout } = await run(["replay", file(JSON.stringify([evil]))]);
    expect(stdout).toContain("x y: [31mred");
    expect(stdout).not.toMatch(/[^\P{Cc}\n]|\p{Bidi_Control}/u);
  });
});

describe("nothing is cut from big recordings", () => {
  test("more ended interactions and anomalies than a desk keeps by itself", () => {
    const ended = Array.from({ length: 2500 }, (_, index) =>
      message({ id: `e${index}`, channel: "email", state: "Revoked", capabilities: [] }),
    );
    const invalid = Array.from({ length: 2500 }, () => null);
    const { interactions, anomalies } = deliverMessages([...ended, ...invalid, ...ended.slice(0, 10)]);
    expect(interactions.map(({ id }) => id)).toEqual(Array.from({ length: 2500 }, (_, index) => `e${index}`));
    expect(anomalies.map(({ sequence }) => sequence)).toEqual(
      Array.from({ length: anomalies.length }, (_, index) => index + 1),
    );
    expect(anomalies.filter(({ code }) => code === "not-a-message")).toHaveLength(2500);
  });
});

describe("what replay cannot read", () => {
  const bytes = (text: string): Uint8Array => Buffer.from(text, "utf16le");

  test.each([
    { what: "a file that is not there", name: () => join(folder, "none.json"), why: "there is no such file" },
    {
      what: "a directory",
      name: () => (mkdirSync(join(folder, "d"), { recursive: true }), join(folder, "d")),
      why: "it is a directory",
    },
    { what: "an empty file", name: () => file(" \n"), why: "is not JSON: it is empty" },
    { what: "a file cut in two", name: () => file('[\n  {"data":\n'), why: "is not JSON." },
    { what: "a text", name: () => file("Dear customer, hello"), why: "is not JSON." },
    {
      what: "an invalid line",
      name: () => file('[]\n{"data":1}\n[{"secret":\n'),
      why: "is not JSON: line 3 is invalid",
    },
    { what: "another encoding", name: () => file(bytes('\ufeff[{"data":1}]')), why: "not UTF-8" },
  ])("$what: exit code 2, the file's name, nothing on standard output", async ({ name, why }) => {
    const unreadable = name();
    const { code, stdout, stderr } = await run(["replay", "--json", recordedFiles[0]!, unreadable]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(unreadable);
    expect(stderr).toContain(why);
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
    expect(stderr).not.toMatch(/secret|Dear/);
  });

  test("in a process of its own: one line, no stack trace", async () => {
    const { code, stdout, stderr } = await runProcess(["replay", "-"], { input: '[{"data":1}]\n[]\nnope\n' });
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toBe("deskstate: standard input is not JSON: line 3 is invalid.\n");
  });

  test("standard input twice", async () => {
    const { code, stderr } = await run(["replay", "-", "-"], { input: "[]" });
    expect(code).toBe(2);
    expect(stderr).toContain("give - once");
  });
});
