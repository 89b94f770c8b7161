import { readFileSync, symlinkSync } from "node:fs";
import { describe, expect, onTestFinished, test } from "vitest";
import type { BotsReport } from "../../src/load/report.ts";
import { createSimulator, type Simulator, type SimulatorOptions } from "../../src/simulator/index.ts";
import { fastClock, run, start } from "../cli/command.ts";
import { folderWith } from "./folder-with.ts";

const quick = "test/load/bot-scripts/quick.ts";
const env = { DESKSTATE_PASSWORD: "secret-{user}" };
const readReport = (file: string) => JSON.parse(readFileSync(file, "utf8")) as BotsReport;

const clock = fastClock(20);

async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const simulator = createSimulator({
    seed: 5,
    behaviour: { afterLeaveChat: "LeftChat" },
    clock,
    ...options,
  });
  await simulator.start();
  onTestFinished(() => simulator.stop());
  return simulator;
}

function startBots({ url }: Simulator, ...options: readonly string[]) {
  return start(["bots", quick, "--url", url, "--ramp", "0s", ...options], { env, clock });
}

describe("bots at a server", { timeout: 60_000 }, () => {
  test("print their progress until the time is up, and report the results", async () => {
    const simulator = await startSimulator({ agents: 6 });
    simulator.startCustomers({ meanGap: 250 });
    const file = folderWith();
    const command = startBots(
      simulator,
      ...["--user", "agent{1..6}", "--for", "11s", "--drain", "2s", "--report", file("out.json")],
      ...["--expect", "accepted>0", "--expect", "offer_accept_p95<1m"],
    );
    await command.printsError(
      /^0:\d\d {2}live 6\/6 {2}offers \d+ {2}accepted [1-9]\d* {2}revoked \d+ {2}[\d.]+ operations\/s {2}accept \S+ m?s\/.+ {2}echo .+ {2}anomalies \d+ {2}reconnects 0 {2}failures 0$/m,
    );
    const { code, stdout, stderr } = await command.finished;
    expect({ code, stdout, stderr }).toMatchObject({ code: 0 });
    expect(stdout).toMatch(/^quick\.ts with seed 1: 6 of 6 agents, .+; its time was up$/m);
    expect(stdout).toMatch(/^offer_accept +\d+ +\d+/m);
    expect(stdout).toMatch(/^met {2}accepted>0: \d+$/m);

    const report = readReport(file("out.json"));
    expect(report).toMatchObject({
      format: "deskstate bots report",
      version: 1,
      script: { name: "quick.ts" },
      server: simulator.url,
      shards: { total: 1, included: [1] },
      agents: { total: 6, included: 6 },
      ending: "time",
      endings: { stopped: 6 },
      unaccounted: null,
      counts: { live_max: 6, not_started: 0 },
    });
    expect(report.durations.offer_accept.count).toBe(report.counts.accepted);
    const accepted = report.series.slots.reduce((sum, slot) => sum + slot.accepted, 0);
    expect(accepted).toBe(report.counts.accepted);
    expect(report.thresholds.every(({ isMet }) => isMet)).toBe(true);
  });

  test("finish their work after Ctrl-C, and the thresholds decide", async () => {
    const simulator = await startSimulator({ agents: 2 });
    // Emails end with the work of the bots; chats would wait for their customers.
    simulator.startCustomers({ meanGap: 250, channels: ["email"] });
    const file = folderWith();
    const command = startBots(
      simulator,
      ...["--user", "agent{1..2}", "--report", file("out.json"), "--expect", "offers<1"],
    );
    await command.printsError(/accepted [1-9]/);
    command.signal("SIGINT");
    const { code, stdout, stderr } = await command.finished;
    expect(stderr).toContain("The bots finish their work");
    expect(stdout).toContain("it was interrupted, and the bots finished what they had");
    expect(stdout).toMatch(/^not met {2}offers<1: \d+$/m);
    expect(code).toBe(1);
    expect(readReport(file("out.json"))).toMatchObject({ ending: "interrupted", counts: { left_open: 0 } });
    for (const { user } of simulator.agents) expect(simulator.snapshot(user).interactions).toEqual([]);
  });

  test("share its agents in two shards, whose reports merge into that of the whole run", async () => {
    const simulator = await startSimulator({ agents: 7 });
    simulator.startCustomers({ meanGap: 150, channels: ["email"] });
    const signedIn: (string | undefined)[] = [];
    simulator.onRequest(({ operationName, user }) => {
      if (operationName === "/meta/handshake") signedIn.push(user);
    });
    const file = folderWith();
    for (const [number, agents] of [[1, 4] as const, [2, 3] as const]) {
      const command = startBots(
        simulator,
        ...["--user", "agent{1..7}", "--shard", `${number}/2`, "--seed", "9", "--ramp", "1s"],
        ...["--drain", "30s", "--report", file(`${number}.json`)],
      );
      await command.printsError(new RegExp(`live ${agents}/${agents}.* accepted [1-9]`));
      command.signal("SIGINT");
      expect(await command.finished).toMatchObject({ code: 0 });
    }

    const merged = await run([
      ...["bots", "merge", file("1.json"), file("2.json"), "--report", file("all.json")],
      ...["--expect", "accepted>0", "--expect", "live_at_end=7"],
    ]);
    expect(merged).toMatchObject({ code: 0, stderr: "" });
    expect(merged.stdout).toContain("7 of 7 agents, shard 1, 2 of 2");
    const [one, two, all] = ["1", "2", "all"].map(
      (name) => JSON.parse(readFileSync(file(`${name}.json`), "utf8")) as BotsReport,
    );
    expect(all).toMatchObject({
      shards: { total: 2, included: [1, 2] },
      agents: { total: 7, included: 7 },
      counts: {
        offers: one!.counts.offers + two!.counts.offers,
        accepted: one!.counts.accepted + two!.counts.accepted,
      },
      durations: { accept: { count: one!.durations.accept.count + two!.durations.accept.count } },
      processes: [{ shard: 1 }, { shard: 2 }],
    });
    expect(signedIn.toSorted()).toEqual(simulator.agents.map(({ user }) => user));

    const cut = (text: string) => text.slice(0, text.length / 2);
    const other = folderWith({
      "cut.json": cut(readFileSync(file("1.json"), "utf8")),
      "seed.json": JSON.stringify({ ...two, seed: 10 }),
      "script.json": JSON.stringify({ ...two, script: { name: "other.ts", digest: "x" } }),
      "of.json": JSON.stringify({ ...two, shards: { total: 3, included: [2] } }),
      "version.json": JSON.stringify({ ...two, version: 2 }),
      "damaged.json": JSON.stringify({ ...two, counts: { ...two!.counts, offers: -1 } }),
      "none.json": `{"format":"something else"}`,
    });
    const merge = (...files: string[]) => run(["bots", "merge", file("1.json"), ...files]);
    const failures = await Promise.all([
      merge(file("1.json")),
      merge(other("cut.json")),
      merge(other("seed.json")),
      merge(other("script.json")),
      merge(other("of.json")),
      merge(other("version.json")),
      merge(other("damaged.json")),
      merge(other("none.json")),
      merge(),
    ]);
    expect(failures.map(({ code, stdout }) => [code, stdout])).toEqual(
      failures.map((_, index) => [index === 8 ? 1 : 2, ""]),
    );
    for (const [index, hint] of [
      "Shard 1 is in",
      "not JSON, or was cut off",
      "the seed differs (9, 10)",
      "the script differs (quick.ts, other.ts)",
      "the number of shards differs (2, 3)",
      "expected 1",
      "counts is invalid",
      "is not a report of a run of bots",
      "Shard 2 of 2 is missing",
    ].entries()) {
      expect(failures[index]!.stderr).toContain(hint);
    }
    expect(await merge("--partial")).toMatchObject({ code: 0 });

    symlinkSync("/dev/full", file("full.json"));
    const full = await merge("--partial", "--report", file("full.json"));
    expect(full).toMatchObject({ code: 1, stdout: expect.stringContaining("4 of 7 agents") as unknown });
    expect(full.stderr).toBe(
      `deskstate: The report could not be written: ${file("full.json")} (no space is left on the device)\n`,
    );
  });

  test("with invalid credentials end alone, and no password is printed", async () => {
    const simulator = await startSimulator({ agents: 3 });
    const file = folderWith({
      "users.csv":
        "user,password\nagent1,secret-agent1\nagent2,hunter2\nnobody,hunter2\nagent3,secret-agent3\n",
    });
    const command = startBots(
      simulator,
      ...["--users", file("users.csv"), "--drain", "5s", "--report", file("out.json")],
      ...["--expect", "not_started=0"],
    );
    await command.printsError(/live 2\/4.* failures 2$/m);
    command.signal("SIGINT");
    const { code, stdout, stderr } = await command.finished;
    expect(code).toBe(1);
    expect(stdout).toContain("not met  not_started=0: 2");
    expect(stdout).toContain("bots ended: 2 not-started, 2 stopped");
    const written = readFileSync(file("out.json"), "utf8");
    expect(written + stdout + stderr).not.toMatch(/hunter2|secret-/);
  });

  test("with invalid credentials only end the run with exit code 1, and the reason", async () => {
    const { url } = await startSimulator({ agents: 2 });
    const { code, stdout, stderr } = await run(
      ["bots", quick, "--url", url, "--user", "agent{1..2}", "--ramp", "0s"],
      { env: { DESKSTATE_PASSWORD: "hunter2" } },
    );
    expect(code).toBe(1);
    expect(stdout).toMatch(/^2 × .+/m);
    expect(stderr).toContain("deskstate: No bot was ever Live.");
    expect(stdout + stderr).not.toContain("hunter2");
  });

  test("that dies end with exit code 1 when the time is up", async () => {
    const simulator = await startSimulator({ agents: 2 });
    const file = folderWith();
    const command = startBots(
      simulator,
      ...["--user", "agent{1..2}", "--for", "1h", "--drain", "500ms", "--report", file("out.json")],
    );
    await command.printsError("live 2/2");
    await simulator.stop();
    await command.printsError("live 0/2");
    clock.skip(3_600_000);
    const { code, stderr } = await command.finished;
    expect(stderr).toContain("deskstate: No bot was Live any more at the end: the server cannot be reached.");
    expect(code).toBe(1);
    expect(readReport(file("out.json"))).toMatchObject({
      ending: "time",
      counts: { live_max: 2, live_at_end: 0, losses: 2 },
    });
  });

  test("that restarts come back, lose nothing, and finish their work", async () => {
    const simulator = await startSimulator({ agents: 4, offerTimeout: 0 });
    const command = startBots(
      simulator,
      ...["--user", "agent{1..4}", "--drain", "1m", "--expect", "reconnects=4", "--expect", "left_open=0"],
    );
    await command.printsError("live 4/4");
    const chats = Array.from({ length: 8 }, () => simulator.customers.chat({ text: "Hello?" }));
    const poll = async (condition: () => boolean) => {
      await expect.poll(condition, { timeout: 30_000 }).toBe(true);
    };
    await poll(() => chats.every(({ state }) => state === "Accepted"));
    await simulator.restart({ downFor: 300 });
    for (const chat of chats) chat.write("Are you still there?");
    await command.printsError("reconnects 4");
    await poll(() =>
      chats.every(({ transcript }) => transcript.filter(({ text }) => text === "Yes").length === 2),
    );
    for (const chat of chats) chat.leave();
    await poll(() => chats.every(({ state }) => state === "Ended"));
    command.signal("SIGINT");
    const { code, stdout } = await command.finished;
    expect({ code, stdout }).toMatchObject({ code: 0 });
    for (const { user } of simulator.agents) expect(simulator.snapshot(user).interactions).toEqual([]);
  });
});
