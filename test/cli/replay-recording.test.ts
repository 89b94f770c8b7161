import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { readRecording } from "../../src/recording/index.ts";
import { recordedDesk } from "../recording/recorded-desk.ts";
import { chat, email } from "../desk/hand-desk.ts";
import { fastClock, run, start } from "./command.ts";

const folder = mkdtempSync(join(tmpdir(), "deskstate-recording-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let files = 0;
function file(content: string): string {
  const name = join(folder, `${++files}.jsonl`);
  writeFileSync(name, content);
  return name;
}

/** An email that is accepted after a second, and an anomaly after three. */
async function someRecording(): Promise<string> {
  const { desk, notify, acknowledge, clock, recorder } = await recordedDesk({ includeCustomerData: true });
  notify(email("e", "Invited"));
  clock.advance(1000);
  void desk.interaction("e")?.actions.Accept?.();
  await acknowledge();
  notify(email("e", "Accepted"), chat("c", "Invited"));
  clock.advance(2000);
  notify({ state: "Invited" });
  notify(email("e", "Completed"));
  return recorder.text;
}

interface Document {
  readonly position: { readonly seq: number; readonly t: number };
  readonly stoppedBy: { readonly code: string } | null;
  readonly connection: { readonly state: string };
  readonly interactions: readonly { readonly id: string; readonly state: string }[];
  readonly outcomes: readonly object[];
  readonly anomalies: readonly { readonly code: string; readonly at: number }[];
  readonly differences: readonly object[];
}

async function replayed(...args: string[]): Promise<Document> {
  const { code, stdout, stderr } = await run(["replay", "--json", ...args]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return JSON.parse(stdout) as Document;
}

const statesOf = ({ interactions }: Document) => interactions.map(({ id, state }) => `${id} ${state}`);

describe("replay of a recording", () => {
  test("prints the desk at the end", async () => {
    const document = await replayed(file(await someRecording()));
    expect(statesOf(document)).toEqual(["c Invited", "e Completed"]);
    expect(document).toMatchObject({
      position: { t: 3000 },
      stoppedBy: null,
      connection: { state: "Live" },
      outcomes: [{ of: 5, operation: "Accept", outcome: "Done" }],
      anomalies: [{ code: "unknown-message", at: 1_700_000_003_000 }],
      differences: [],
    });
  });

  test("prints the desk at a given time", async () => {
    const name = file(await someRecording());
    expect(statesOf(await replayed("--at", "500", name))).toEqual(["e Invited"]);
    expect(statesOf(await replayed("--at", "1000", name))).toEqual(["e Accepted", "c Invited"]);
    expect(statesOf(await replayed("--at", "0", name))).toEqual(["e Invited"]);
  });

  test("stops at the first anomaly, if there is one", async () => {
    const text = await someRecording();
    const document = await replayed("--until-anomaly", file(text));
    expect(document.stoppedBy?.code).toBe("unknown-message");
    expect(statesOf(document)).toEqual(["e Accepted", "c Invited"]);
    const invalid = text.split("\n").findIndex((line) => line.includes('"data":{"state":"Invited"}'));
    const without = `${text.split("\n").slice(0, invalid).join("\n")}\n`;
    expect((await replayed("--until-anomaly", file(without))).stoppedBy).toBeNull();
  });

  test("prints tables for people, with outcomes", async () => {
    const { code, stdout, stderr } = await run(["replay", "--at", "1000", file(await someRecording())]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain("after entry 9, at 1000 ms (2023-11-14T22:13:21.000Z)");
    expect(stdout).toMatch(/^Live: /m);
    expect(stdout).toMatch(/^e {12}email +Accepted/m);
    expect(stdout).toMatch(/^Accept +5 +Done$/m);
    expect(stdout).not.toContain("difference");
  });

  test("reads a recording from standard input", async () => {
    const { code, stdout } = await run(["replay", "--json", "-"], { input: await someRecording() });
    expect(code).toBe(0);
    expect(statesOf(JSON.parse(stdout) as Document)).toEqual(["c Invited", "e Completed"]);
  });
});

describe("a recording that cannot be read to its end", () => {
  test.each([
    ["cut off", (text: string) => text.slice(0, -30), /: Line 12, the last one, is cut off\./],
    [
      "damaged",
      (text: string) => text.replace('{"seq":9,', '{"seq":'),
      /: Line 10 is not an entry of a recording\./,
    ],
    [
      "incomplete",
      (text: string) => text.replace(/.*"seq":9,.*\n/, ""),
      /: Line 10 does not follow the line before it/,
    ],
  ])("because it is %s: prints the state before, and names the line", async (_, damage, message) => {
    const { code, stdout, stderr } = await run(["replay", "--json", file(damage(await someRecording()))]);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
    expect(stderr.trimEnd()).not.toContain("\n");
    expect((JSON.parse(stdout) as Document).position.seq).toBeGreaterThan(7);
  });

  test("because it is of a later version: prints nothing but the reason", async () => {
    const text = (await someRecording()).replace('"version":2', '"version":7');
    const { code, stdout, stderr } = await run(["replay", file(text)]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(
      /jsonl: Line 1 names a version of recordings that this library does not know\.\n$/,
    );
  });
});

describe("usage", () => {
  test.each([
    ["a recording among others", ["replay", "A", "A"], /is a recording: replay it alone/],
    [
      "two places to stop",
      ["replay", "--at", "5", "--until-anomaly", "A"],
      /'--until-anomaly' cannot be used with option '--at <ms>'/,
    ],
    ["an invalid time", ["replay", "--at", "soon", "A"], /whole number/],
    ["a time of messages", ["replay", "--at", "5", "M"], /belong to a recording/],
    ["customer data of nothing", ["desk", "--auto", "--include-customer-data"], /give --record FILE as well/],
    ["a recording that exists", ["desk", "--auto", "--record", "A"], /it exists already/],
    [
      "a missing folder",
      ["desk", "--auto", "--record", "/no/such/folder/a"],
      /cannot be recorded to: ENOENT/,
    ],
  ])("%s is a usage error", async (_, args, message) => {
    const names: Record<string, string> = { A: file(await someRecording()), M: file("[]") };
    const { code, stderr, stdout } = await run(args.map((argument) => names[argument] ?? argument));
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(message);
  });
});

describe("desk --record", { timeout: 30_000 }, () => {
  async function record(name: string, ...options: readonly string[]): Promise<string> {
    const command = start(["desk", "--auto", "--record", name, ...options], { clock: fastClock(5) });
    await command.prints("→ Reply");
    command.signal("SIGINT");
    const { code, stdout } = await command.finished;
    expect(code).toBe(0);
    return stdout;
  }

  test("writes a recording of the desk, without customer data, that only its owner can read", async () => {
    const name = join(folder, "desk.jsonl");
    const stdout = await record(name);
    expect(statSync(name).mode & 0o777).toBe(0o600);
    const text = readFileSync(name, "utf8");
    const { header, problem } = readRecording(text);
    expect([header?.redaction, problem]).toEqual(["masked", undefined]);
    expect(stdout).toContain("Do you have child seats?");
    expect(text).not.toContain("Do you have child seats?");
    const document = await replayed(name);
    expect(document.differences).toEqual([]);
    expect(document.connection.state).toBe("Stopped");
    expect(document.interactions.length).toBeGreaterThan(0);
    expect(document.outcomes.length).toBeGreaterThan(2);
  });

  test("writes customer data when an option names it", async () => {
    const name = join(folder, "clear.jsonl");
    await record(name, "--include-customer-data");
    expect(readRecording(readFileSync(name, "utf8")).header?.redaction).toBe("clear");
  });
});
