import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { BotsReport } from "../../src/load/report.ts";
import { run, runProcess, startProcess } from "../cli/command.ts";
import { folderWith } from "./folder-with.ts";

const quick = "test/load/bot-scripts/quick.ts";
const readReport = (file: string) => JSON.parse(readFileSync(file, "utf8")) as BotsReport;

/*
 * A simulator of its own needs processes. The scripts end the runs themselves, so that no run has to last some seconds
 * to be long enough on a loaded machine.
 */
describe("deskstate bots at a simulator of its own", { timeout: 90_000 }, () => {
  test("Ctrl-C twice stops the bots as they are, and the report is written nevertheless", async () => {
    const file = folderWith({
      "slow.ts": `import { defineBot } from "deskstate/bot";
        const accepted = new Set();
        export default defineBot({
          deadline: 600_000,
          // Each bot accepts one email, so that no Accept is in flight when they are cut.
          offered: (_, { name }) => (accepted.has(name) ? "Ignore" : accepted.add(name) && "Accept"),
          email: async (email) => { console.log("began"); await email.pause(600_000); },
        });`,
    });
    const command = startProcess([
      ...["bots", file("slow.ts"), "--agents", "2", "--rate", "6000", "--drain", "10m", "--ramp", "0s"],
      ...["--report", file("out.json")],
    ]);
    await command.prints(/began[^]*began/);
    command.signal("SIGTERM");
    await command.printsError("Ctrl-C stops them immediately");
    command.signal("SIGTERM");
    const { code, stdout } = await command.finished;
    expect(code).toBe(130);
    expect(stdout).toContain("it was interrupted twice");
    const report = readReport(file("out.json"));
    expect(report).toMatchObject({ ending: "aborted", unaccounted: 0 });
    expect(report.counts.left_open).toBeGreaterThan(0);
  });

  test("runs a script at many desks until all bots have stopped, whatever it throws, and prints no customer's words", async () => {
    const file = folderWith({
      "stray.ts": `import { BotError, defineBot } from "deskstate/bot";
        enum Rule { Once }
        let count = 0;
        export default defineBot({
          reading: 0,
          typing: 0,
          shift: async (agent) => {
            await agent.ready();
            await agent.within(Infinity).waitUntil("four emails", () => count >= 4);
          },
          offered: async (offer) => { if (offer.times < 0) throw new Error("never"); return "Accept"; },
          email: async (email, agent) => {
            const { text } = await email.read();
            void Promise.reject(new Error(text));
            setTimeout(() => { throw new RangeError(text); }, 1);
            try { await agent.within(5).waitUntil("the impossible", () => false); }
            catch (error) { if (error instanceof BotError) console.log("same class"); }
            await email.reply({ text: "Thank you" });
            await email.complete();
            count++;
            if (Rule.Once === 0) throw new TypeError(text);
          },
        });`,
    });
    const { code, stdout, stderr } = await runProcess([
      ...["bots", file("stray.ts"), "--agents", "2", "--rate", "6000", "--drain", "20s", "--ramp", "0s"],
      ...["--report", file("out.json"), "--expect", "handled>3", "--expect", "unaccounted=0"],
    ]);
    expect({ code, stdout, stderr }).toMatchObject({ code: 0 });
    expect(stdout).toContain("same class");
    expect(stdout).toMatch(/× Something that a script started and did not await threw Error\./);
    expect(stdout).toMatch(/× Something that a script started and did not await threw RangeError\./);
    expect(stdout).toContain("bots ended: 2 shift-over");
    expect(stdout).toMatch(/^stray\.ts with seed 1: 2 of 2 agents, .+; all bots had stopped$/m);
    expect(stdout).toMatch(/^offer_accept +\d+ +\d+/m);
    expect(stdout).toMatch(/^met {2}handled>3: \d+$/m);
    expect(readReport(file("out.json"))).toMatchObject({
      server: "simulator",
      ending: "finished",
      agents: { total: 2, included: 2 },
      unaccounted: 0,
      counts: { live_max: 2, not_started: 0 },
    });
    const written = readFileSync(file("out.json"), "utf8");
    expect(readReport(file("out.json")).failures.map(({ part, code: reason }) => [part, reason])).toEqual(
      expect.arrayContaining([
        ["outside", "threw"],
        ["email", "threw"],
      ]),
    );
    expect(written + stdout + stderr).not.toContain("Kind regards");
  });
});

test("a report without a place is a usage error before the run", async () => {
  const file = folderWith({ "folder.json": "" });
  const { code, stdout, stderr } = await run(["bots", quick, "--report", file("no/out.json")]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toContain("There is no folder for the report");
  expect(existsSync(file("no"))).toBe(false);
});
