import { readFileSync } from "node:fs";
import { describe, expect, onTestFinished, test } from "vitest";
import type { BotsReport } from "../../src/cli/bots/report.ts";
import { createSimulator, type Simulator, type SimulatorOptions } from "../../src/simulator/index.ts";
import { run, runHere, start } from "./command.ts";
import { folderWith } from "./folder-with.ts";

const quick = "test/cli/bot-scripts/quick.ts";
const env = { DESKSTATE_PASSWORD: "secret-{user}" };

async function simulate(options: SimulatorOptions): Promise<Simulator> {
  const simulator = createSimulator({ seed: 5, behaviour: { afterLeaveChat: "LeftChat" }, ...options });
  await simulator.start();
  onTestFinished(() => simulator.stop());
  return simulator;
}

describe("bots at a server", { timeout: 90_000 }, () => {
  test("two shards share its agents, and their reports merge into that of the whole run", async () => {
    const simulator = await simulate({ agents: 7 });
    simulator.startCustomers({ meanGap: 150 });
    const signedIn: (string | undefined)[] = [];
    simulator.onRequest(({ operationName, user }) => {
      if (operationName === "/meta/handshake") signedIn.push(user);
    });
    const file = folderWith();
    const shard = (number: number) =>
      start(
        [
          ...["bots", quick, "--url", simulator.url, "--user", "agent{1..7}", "--shard", `${number}/2`],
          ...["--seed", "9", "--ramp", "1s", "--drain", "3s", "--report", file(`${number}.json`)],
        ],
        { env },
      );
    const shards = [shard(1), shard(2)];
    await Promise.all([shards[0]!.complains("live 4/4"), shards[1]!.complains("live 3/3")]);
    for (const one of shards) one.signal("SIGINT");
    const finished = await Promise.all(shards.map((one) => one.finished));
    expect(finished.map(({ code }) => code)).toEqual([0, 0]);

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
      shards: { of: 2, done: [1, 2] },
      agents: { all: 7, here: 7 },
      counts: {
        offers: one!.counts.offers + two!.counts.offers,
        accepted: one!.counts.accepted + two!.counts.accepted,
        live_most: 7,
      },
      durations: { accept: { count: one!.durations.accept.count + two!.durations.accept.count } },
      processes: [{ shard: 1 }, { shard: 2 }],
    });
    expect(readFileSync(file("all.html"), "utf8")).toContain("1, 2 of 2");
    expect(signedIn.toSorted()).toEqual(simulator.agents.map(({ user }) => user));

    const cut = (text: string) => text.slice(0, text.length / 2);
    const other = folderWith({
      "cut.json": cut(readFileSync(file("1.json"), "utf8")),
      "seed.json": JSON.stringify({ ...two, seed: 10 }),
      "script.json": JSON.stringify({ ...two, script: { name: "other.ts", digest: "x" } }),
      "of.json": JSON.stringify({ ...two, shards: { of: 3, done: [2] } }),
      "version.json": JSON.stringify({ ...two, version: 2 }),
      "damaged.json": JSON.stringify({ ...two, counts: { ...two!.counts, offers: -1 } }),
      "none.json": `{"format":"something else"}`,
    });
    const merge = (...files: string[]) => runHere(["bots", "merge", file("1.json"), ...files]);
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
      "counts is not as it should be",
      "is no report of a run of bots",
      "Shard 2 of 2 is missing",
    ].entries()) {
      expect(failures[index]!.stderr).toContain(hint);
    }
    expect(await merge("--partial")).toMatchObject({ code: 0 });
  });

  test("credentials that are wrong end their bots alone, and are told without the password", async () => {
    const simulator = await simulate({ agents: 3 });
    const file = folderWith({
      "users.csv":
        "user,password\nagent1,secret-agent1\nagent2,hunter2\nnobody,hunter2\nagent3,secret-agent3\n",
    });
    const { code, stdout, stderr } = await run([
      ...["bots", quick, "--url", simulator.url, "--users", file("users.csv"), "--ramp", "0s"],
      ...["--for", "3s", "--drain", "1s", "--report", file("out.json"), "--expect", "not_started=0"],
    ]);
    expect(code).toBe(1);
    expect(stdout).toContain("not met  not_started=0: 2");
    expect(stdout).toContain("bots ended: 2 not-started, 2 stopped");
    const written = readFileSync(file("out.json"), "utf8") + readFileSync(file("out.html"), "utf8");
    expect(written + stdout + stderr).not.toMatch(/hunter2|secret-/);
  });

  test("credentials that are all wrong end the run with exit code 1, and why", async () => {
    const simulator = await simulate({ agents: 2 });
    const { code, stdout, stderr } = await run(
      ["bots", quick, "--url", simulator.url, "--user", "agent{1..2}", "--ramp", "0s"],
      { env: { DESKSTATE_PASSWORD: "hunter2" } },
    );
    expect(code).toBe(1);
    expect(stdout).toMatch(/^2 × .+/m);
    expect(stderr).toContain("deskstate: No bot was ever Live.");
    expect(stdout + stderr).not.toContain("hunter2");
  });

  test("a server that dies ends the run with exit code 1 when its time is up", async () => {
    const simulator = await simulate({ agents: 2 });
    const file = folderWith();
    const command = start(
      [
        ...["bots", quick, "--url", simulator.url, "--user", "agent{1..2}", "--ramp", "0s"],
        ...["--for", "9s", "--drain", "500ms", "--report", file("out.json")],
      ],
      { env },
    );
    await command.complains("live 2/2");
    await simulator.stop();
    const { code, stderr } = await command.finished;
    expect(stderr).toContain("deskstate: No bot was Live any more at the end: the server cannot be reached.");
    expect(code).toBe(1);
    expect(JSON.parse(readFileSync(file("out.json"), "utf8"))).toMatchObject({
      ending: "time",
      counts: { live_most: 2, live_at_end: 0, losses: 2 },
    });
  });

  test("a server that restarts loses nothing: the bots come back and finish what they had", async () => {
    const simulator = await simulate({ agents: 4, offerTimeout: 0 });
    const file = folderWith();
    const command = start(
      [
        ...["bots", quick, "--url", simulator.url, "--user", "agent{1..4}", "--ramp", "0s"],
        ...[
          "--drain",
          "20s",
          "--report",
          file("out.json"),
          "--expect",
          "reconnects=4",
          "--expect",
          "left_open=0",
        ],
      ],
      { env },
    );
    await command.complains("live 4/4");
    const chats = Array.from({ length: 8 }, () => simulator.customers.chat({ text: "Hello?" }));
    await expect.poll(() => chats.every(({ state }) => state === "Accepted"), { timeout: 10_000 }).toBe(true);
    await simulator.restart({ downFor: 300 });
    for (const chat of chats) chat.say("Are you still there?");
    await command.complains("reconnects 4");
    const answered = () =>
      chats.every(({ transcript }) => transcript.filter(({ text }) => text === "Yes").length === 2);
    await expect.poll(answered, { timeout: 20_000 }).toBe(true);
    for (const chat of chats) chat.leave();
    await expect.poll(() => chats.every(({ state }) => state === "Ended"), { timeout: 20_000 }).toBe(true);
    command.signal("SIGINT");
    const { code, stdout } = await command.finished;
    expect({ code, stdout }).toMatchObject({ code: 0 });
    for (const { user } of simulator.agents) expect(simulator.snapshot(user).interactions).toEqual([]);
  });
});
