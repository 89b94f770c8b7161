import { describe, expect, test } from "vitest";
import { run } from "../cli/command.ts";
import { folderWith } from "./folder-with.ts";

const quick = "test/load/bot-scripts/quick.ts";
const url = "https://gws.example.com/api/v2";

describe("deskstate bots", () => {
  test.each([
    { args: [], hint: "missing required argument 'script'" },
    { args: [quick, "--agents", "0"], hint: "1 to 10000" },
    { args: [quick, "--ramp", "30"], hint: "20s" },
    { args: [quick, "--for", "0s"], hint: "above zero" },
    { args: [quick, "--seed", "x"], hint: "whole number" },
    { args: [quick, "--shard", "3"], hint: "such as 2/8" },
    { args: [quick, "--shard", "0/2"], hint: "such as 2/8" },
    { args: [quick, "--shard", "3/2"], hint: "such as 2/8" },
    { args: [quick, "--shard", "1/2"], hint: "Shards share a server" },
    { args: [quick, "--user", "agent{1..3}"], hint: "give --url as well" },
    { args: [quick, "--url", url], hint: "There are no agents" },
    { args: [quick, "--url", url, "--user", "a", "--users", "b.csv"], hint: "cannot be used with" },
    { args: [quick, "--url", url, "--user", "agent{3..1}"], hint: "count upwards" },
    { args: [quick, "--url", url, "--user", "agent{a..z}"], hint: "a pattern such as" },
    { args: [quick, "--url", url, "--user", ""], hint: "a pattern such as" },
    { args: [quick, "--url", url, "--user", "corp:agent{1..3}"], hint: 'The user "corp:…" has a colon' },
    { args: [quick, "--url", url, "--user", "agent{1..3}"], hint: "DESKSTATE_PASSWORD" },
    { args: [quick, "--url", url, "--users", "nowhere.csv"], hint: "nowhere.csv cannot be read (ENOENT)" },
    {
      args: [quick, "--url", url, "--user", "a", "--rate", "3"],
      hint: "'--rate <number>' cannot be used with option '--url <url>'",
    },
    { args: [quick, "--url", "http://gws.example.com/", "--user", "a"], hint: "--allow-insecure-http" },
    { args: [quick, "--url", "gws.example.com", "--user", "a"], hint: "--url must be" },
    { args: ["nowhere.ts"], hint: "There is no such file: nowhere.ts" },
    { args: ["test/cli"], hint: "cannot be read (EISDIR)" },
    { args: [quick, "--expect", "fast"], hint: "such as offer_accept_p95<500ms" },
    { args: [quick, "--expect", "offer_accept_p95"], hint: "one of < <= > >= =" },
    { args: [quick, "--expect", "offer_accept_p95<fast"], hint: "a number with its unit" },
    { args: [quick, "--expect", "offer_accept_p97<5ms"], hint: "There are: offer_accept_{p50," },
    { args: [quick, "--expect", "offer_accept_p95<500"], hint: "needs a unit: ms or s or m" },
    { args: [quick, "--expect", "offers>3s"], hint: "offers has no unit" },
    { args: [quick, "--expect", "accepted_share>90"], hint: "needs a unit: %" },
    { args: [quick, "--expect", "offers>1", "--expect", "offers<>1"], hint: "Expected a metric" },
    { args: ["merge"], hint: "missing required argument 'reports'" },
    { args: ["merge", "nowhere.json"], hint: "nowhere.json cannot be read (ENOENT)" },
  ])("$args is a mistake in the usage", async ({ args, hint }) => {
    const { code, stdout, stderr } = await run(["bots", ...args]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(hint);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  test("prints its metrics in its help", async () => {
    const { code, stdout } = await run(["bots", "--help"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/offer_accept_\{p50,p90,p95,p99,max,mean\} \(duration\):\n +from the offer/);
  });

  test.each([
    { what: "no heads", text: "agent1,hunter2\n", hint: /must name the columns: user,password/ },
    {
      what: "a password with a comma",
      text: "user,password\nana,hun,ter2\n",
      hint: /Line 2 .+ needs "quotes"/,
    },
    { what: "no user", text: "user,password\nana,hunter2\n,hunter2\n", hint: /Line 3 / },
    {
      what: "a quote that is not closed",
      text: 'user,password\nana,"hunter2\nben,x\n',
      hint: /Line 2 .+ quote/,
    },
    {
      what: "a user twice",
      text: "user,password\nana,hunter2\nana,hunter2\n",
      hint: /The user ana is listed twice/,
    },
    {
      what: "a user with a colon",
      text: "user,password\nana:hunter2,x\n",
      hint: /The user "ana:…" has a colon/,
    },
    { what: "no line of an agent", text: "user,password\n", hint: /There are no accounts/ },
    { what: "too few", text: "user,password\nana,hunter2\n", hint: /only 1 accounts for 2 agents/ },
  ])("accounts with $what are reported in one line, without the password", async ({ text, hint }) => {
    const file = folderWith({ "users.csv": text });
    const { code, stdout, stderr } = await run([
      ...["bots", quick, "--url", url, "--users", file("users.csv"), "--agents", "2"],
    ]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(hint);
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
    expect(stderr).not.toContain("hun");
  });

  test("a password is not taken as an argument, and never printed", async () => {
    const { code, stdout, stderr } = await run(["bots", quick, "--password", "hunter2"]);
    expect(code).toBe(2);
    expect(stdout + stderr).not.toContain("hunter2");
  });
});
