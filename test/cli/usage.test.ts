import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { durationArgument, durationOrZeroArgument } from "../../src/cli/arguments.ts";
import { run } from "./command.ts";

describe("the command line", () => {
  test("prints the version of the package", async () => {
    const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };
    expect(await run(["--version"])).toEqual({ code: 0, stdout: `${version}\n`, stderr: "" });
  });

  test.each([[[]], [["desk"]], [["simulate"]], [["replay"]]])("has help for %j", async (command) => {
    const { code, stdout, stderr } = await run([...command, "--help"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain(`Usage: deskstate ${command[0] ?? "[options]"}`);
  });

  test("names the commands when it is given none", async () => {
    const { code, stdout, stderr } = await run([]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(/desk[^]+simulate[^]+replay/);
  });

  test("an unknown command is a mistake in the usage, with a hint", async () => {
    const { code, stdout, stderr } = await run(["repaly"]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain("unknown command 'repaly'");
    expect(stderr).toContain("Did you mean replay?");
  });

  test.each([
    { args: ["desk", "--for", "20"], hint: "20s" },
    { args: ["desk", "--for", "0s"], hint: "above zero" },
    { args: ["desk", "--for", "25h"], hint: "at most 24h" },
    { args: ["desk", "--for"], hint: "argument missing" },
    { args: ["desk", "--channels", "email,,chat"], hint: "email,chat" },
    { args: ["desk", "--channels", ""], hint: "email,chat" },
    { args: ["desk", "--auto", "--user", "ana"], hint: "--url" },
    { args: ["desk", "--auto", "--url", "https://gws.example.com/api/v2"], hint: "Give --user" },
    { args: ["desk", "--auto", "--url", "gws.example.com", "--user", "ana"], hint: "--url must be" },
    { args: ["desk", "--auto", "--url", "ftp://gws.example.com", "--user", "ana"], hint: "--url must be" },
    {
      args: ["desk", "--auto", "--url", "http://gws.example.com/api/v2", "--user", "ana"],
      hint: "--allow-insecure-http",
    },
    {
      args: ["desk", "--auto", "--url", "https://gws.example.com/", "--user", "a:b"],
      hint: "--user must be",
    },
    {
      args: ["desk", "--auto", "--url", "https://gws.example.com/", "--user", "ana"],
      hint: "DESKSTATE_PASSWORD",
    },
    { args: ["desk", "extra"], hint: "too many arguments" },
    { args: ["simulate", "--port", "65536"], hint: "0 to 65535" },
    { args: ["simulate", "--port", "80.5"], hint: "0 to 65535" },
    { args: ["simulate", "--agents", "0"], hint: "1 to 1000" },
    { args: ["simulate", "--rate", "-1"], hint: "0 to 6000" },
    { args: ["simulate", "--seed", "x"], hint: "whole number" },
    { args: ["simulate", "--offer-timeout", "soon"], hint: "20s" },
    { args: ["replay"], hint: "missing required argument" },
  ])("$args is a mistake in the usage", async ({ args, hint }) => {
    const { code, stdout, stderr } = await run(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(hint);
    expect(stderr).not.toMatch(/^\s+at /m);
  });
});

describe("a password", () => {
  test.each([
    [["desk", "--password", "hunter2"]],
    [["desk", "--password=hunter2"]],
    [["--Password=hunter2", "desk"]],
    [["desk", "--auto", "-password=hunter2"]],
    [["simulate", "--token=hunter2"]],
    [["desk", "--passwort=hunter2"]],
    [["desk", "--auto", "--url", "https://ana:hunter2@gws.example.com/", "--user", "ana"]],
  ])("is not taken as in %j, and never printed", async (args) => {
    const { code, stdout, stderr } = await run(args);
    expect(code).toBe(2);
    expect(stderr).not.toBe("");
    expect(stdout + stderr).not.toContain("hunter2");
  });

  test("given as an argument gets the advice where it belongs", async () => {
    expect((await run(["desk", "--password", "hunter2"])).stderr).toContain("set DESKSTATE_PASSWORD");
  });
});

describe("a duration", () => {
  test.each([
    ["500ms", 500],
    ["20s", 20_000],
    ["2m", 120_000],
    ["1.5s", 1500],
    ["24h", 86_400_000],
  ])("%s is %d milliseconds", (text, expected) => {
    expect(durationArgument(text)).toBe(expected);
  });

  test.each(["", "s", "20", "-1s", "1e3s", "20 s", "20S", "1d", "NaNs", "0s", "0.0001s", "99999h"])(
    "%j is none",
    (text) => {
      expect(() => durationArgument(text)).toThrow(/Expected/);
    },
  );

  test("of zero is one where zero means never", () => {
    expect(durationOrZeroArgument("0s")).toBe(0);
  });
});
