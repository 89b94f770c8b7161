import { existsSync, readFileSync, symlinkSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { BotsReport } from "../../src/cli/bots/report.ts";
import { run, start } from "./command.ts";
import { folderWith } from "./folder-with.ts";

const quick = "test/cli/bot-scripts/quick.ts";
const readReport = (file: string) => JSON.parse(readFileSync(file, "utf8")) as BotsReport;

describe("deskstate bots at a simulator of its own", { timeout: 90_000 }, () => {
  test("runs a script at many desks, tells how it goes, and reports what came of it", async () => {
    const file = folderWith();
    const command = start([
      ...["bots", quick, "--agents", "6", "--rate", "240", "--for", "7s", "--drain", "5s"],
      ...["--report", file("out.json"), "--expect", "accepted>0", "--expect", "unaccounted=0"],
      ...["--expect", "offer_accept_p95<1m"],
    ]);
    const { code, stdout, stderr } = await command.finished;
    expect({ code, stdout, stderr }).toMatchObject({ code: 0 });
    expect(stderr).toMatch(
      /^0:05 {2}live 6\/6 {2}offers \d+ {2}accepted \d+ {2}revoked \d+ {2}[\d.]+ operations\/s {2}accept \S+ m?s\/.+ {2}echo .+ {2}anomalies \d+ {2}reconnects 0 {2}failures 0$/m,
    );
    expect(stdout).toMatch(/^quick\.ts with seed 1: 6 of 6 agents, .+; its time was up$/m);
    expect(stdout).toMatch(/^offer_accept +\d+ +\d+/m);
    expect(stdout).toMatch(/^met {2}accepted>0: \d+$/m);

    const report = readReport(file("out.json"));
    expect(report).toMatchObject({
      format: "deskstate bots report",
      version: 1,
      script: { name: "quick.ts" },
      server: "simulator",
      shards: { of: 1, done: [1] },
      agents: { all: 6, here: 6 },
      ending: "time",
      endings: { stopped: 6 },
      unaccounted: 0,
      counts: { live_most: 6, live_at_end: 6, left_open: 0, not_started: 0, failures: 0 },
    });
    expect(report.durations.offer_accept.count).toBe(report.counts.accepted);
    const accepted = report.series.slots.reduce((sum, slot) => sum + slot.accepted, 0);
    expect(accepted).toBe(report.counts.accepted);
    expect(report.verdicts.every(({ isMet }) => isMet)).toBe(true);

    const page = readFileSync(file("out.html"), "utf8");
    expect(page).toContain("From offer to Accepted");
    expect(page).not.toMatch(/https?:|<script|<link|src=|url\(/);
  });

  test("Ctrl-C once lets the bots finish what they have, and the thresholds decide", async () => {
    const file = folderWith();
    const command = start([
      "bots",
      quick,
      "--agents",
      "2",
      "--rate",
      "600",
      "--report",
      file("out.json"),
      "--expect",
      "offers<1",
    ]);
    await command.complains("live 2/2");
    command.signal("SIGINT");
    const { code, stdout, stderr } = await command.finished;
    expect(stderr).toContain("The bots finish what they have");
    expect(stdout).toContain("it was interrupted, and the bots finished what they had");
    expect(stdout).toMatch(/^not met {2}offers<1: \d+$/m);
    expect(code).toBe(1);
    expect(readReport(file("out.json"))).toMatchObject({ ending: "interrupted", unaccounted: 0 });
  });

  test("Ctrl-C twice stops them as they are, and the report is written all the same", async () => {
    const file = folderWith({
      "slow.ts": `import { defineBot } from "deskstate/bot";
        export default defineBot({ deadline: 600_000, email: (email) => email.pause(600_000) });`,
    });
    const command = start([
      ...["bots", file("slow.ts"), "--agents", "2", "--rate", "600", "--drain", "10m"],
      ...["--report", file("out.json")],
    ]);
    await command.complains("live 2/2");
    command.signal("SIGTERM");
    await command.complains("Ctrl-C stops them at once");
    command.signal("SIGTERM");
    const { code, stdout } = await command.finished;
    expect(code).toBe(130);
    expect(stdout).toContain("it was interrupted twice");
    const report = readReport(file("out.json"));
    expect(report).toMatchObject({ ending: "cut", unaccounted: 0 });
    expect(report.counts.left_open).toBeGreaterThan(0);
  });

  test("ends by itself when all bots are through", async () => {
    const file = folderWith({
      "short.mjs": `export default { email: (email) => email.complete(), shift: (agent) => agent.pause(300) };`,
    });
    const { code, stdout } = await run(["bots", file("short.mjs"), "--agents", "3", "--rate", "0"]);
    expect(stdout).toContain("all bots were through");
    expect(stdout).toContain("bots ended: 3 shift-over");
    expect(code).toBe(0);
  });

  test("what a script starts and does not wait for fails alone, and nobody's words are told", async () => {
    const file = folderWith({
      "stray.ts": `import { BotError, defineBot } from "deskstate/bot";
        enum Rule { Once }
        export default defineBot({
          offered: async (offer) => { if (offer.times < 0) throw new Error("never"); return "Accept"; },
          email: async (email) => {
            const { text } = await email.read();
            void Promise.reject(new Error(text));
            setTimeout(() => { throw new RangeError(text); }, 1);
            try { await email.within(5).waitUntil("the impossible", () => false); }
            catch (error) { if (!(error instanceof BotError)) throw new Error("another class"); }
            await email.complete();
            if (Rule.Once === 0) throw new TypeError(text);
          },
        });`,
    });
    const { code, stdout, stderr } = await run([
      ...["bots", file("stray.ts"), "--agents", "2", "--rate", "240", "--for", "6s", "--drain", "2s"],
      ...["--report", file("out.json"), "--expect", "handled>3", "--expect", "unaccounted=0"],
    ]);
    expect({ code, stdout, stderr }).toMatchObject({ code: 0 });
    expect(stdout).toMatch(/× Something that a script started and did not wait for threw Error\./);
    expect(stdout).toMatch(/× Something that a script started and did not wait for threw RangeError\./);
    const written = readFileSync(file("out.json"), "utf8") + readFileSync(file("out.html"), "utf8");
    expect(readReport(file("out.json")).failures.map(({ part, code: why }) => [part, why])).toEqual(
      expect.arrayContaining([
        ["outside", "threw"],
        ["email", "threw"],
      ]),
    );
    expect(written + stdout + stderr).not.toMatch(/another class|Kind regards/);
  });
});

describe("a report", { timeout: 90_000 }, () => {
  test("that cannot be written because the disk is full is one line and exit code 1, after the summary", async () => {
    const file = folderWith();
    symlinkSync("/dev/full", file("out.json"));
    const { code, stdout, stderr } = await run([
      ...["bots", quick, "--agents", "1", "--for", "500ms", "--drain", "1s", "--report", file("out.json")],
    ]);
    expect(code).toBe(1);
    expect(stdout).toContain("1 of 1 agents");
    expect(stderr).toContain(
      `deskstate: The report could not be written: ${file("out.json")} (no space is left on the device)\n`,
    );
  });

  test("without a place is found out before the run", async () => {
    const file = folderWith({ "folder.json": "" });
    const { code, stdout, stderr } = await run(["bots", quick, "--report", file("no/out.json")]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain("There is no folder for the report");
    expect(existsSync(file("no"))).toBe(false);
  });
});
