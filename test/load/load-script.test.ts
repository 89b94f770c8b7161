import { describe, expect, test } from "vitest";
import { BotError } from "../../src/bot/index.ts";
import { loadScript, type ModuleLoaders } from "../../src/load/load-script.ts";
import { folderWith } from "./folder-with.ts";

/** A version of Node without type stripping. */
const olderNode: ModuleLoaders = {
  importModule: () => rejectWith("ERR_UNKNOWN_FILE_EXTENSION"),
  importJiti: () => import("jiti"),
};

const rejectWith = (code: string) => Promise.reject(Object.assign(new Error("It cannot be run."), { code }));
const noJiti = () => rejectWith("ERR_MODULE_NOT_FOUND");

describe("a script", () => {
  const text = `import { BotError, defineBot } from "deskstate/bot";
    enum Rule { Once }
    const email = (one: { complete(): Promise<void> }): Promise<void> => one.complete();
    export default defineBot({ email, offered: BotError, deadline: Rule.Once + 5 });`;

  test("runs by jiti where Node cannot run it, with the modules that run the command", async () => {
    const file = folderWith({ "bot.ts": text });
    const loaded = await loadScript(file("bot.ts"), olderNode);
    expect(loaded).toMatchObject({ name: "bot.ts", script: { deadline: 5 } });
    expect(loaded.digest).toMatch(/^[\da-f]{64}$/);
    expect(loaded.script.offered).toBe(BotError);
  });

  test.each([
    ["ERR_UNKNOWN_FILE_EXTENSION", "is TypeScript, which Node runs by itself from 22.18 on"],
    ["ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX", "has TypeScript that Node cannot strip, such as an enum"],
  ])("that Node cannot run (%s) names jiti where it is not installed", async (code, reason) => {
    const file = folderWith({ "bot.ts": text });
    const loaders = { importModule: () => rejectWith(code), importJiti: noJiti };
    await expect(loadScript(file("bot.ts"), loaders)).rejects.toThrow(
      `The script ${file("bot.ts")} ${reason}: install jiti beside deskstate to run it.`,
    );
  });

  test("runs by Node itself where Node can run it, without jiti", async () => {
    const file = folderWith({ "bot.mjs": "export default { email: (email) => email.complete() };" });
    const loaders = { importModule: (url: string) => import(url), importJiti: noJiti };
    expect(await loadScript(file("bot.mjs"), loaders)).toMatchObject({ name: "bot.mjs" });
  });

  test.each([
    { what: "does not parse", text: "export default {;", hint: /cannot be loaded: .+ at 1:\d+/ },
    { what: "throws", text: `throw new TypeError("no")`, hint: /cannot be loaded: TypeError: no/ },
    { what: "throws what is no error", text: `throw 3`, hint: /it threw something other than an error/ },
    {
      what: "imports what is not there",
      text: `import "./gone.ts"`,
      hint: /Cannot find module '\.\/gone\.ts'/,
    },
    { what: "exports nothing", text: `export const bot = 1`, hint: /has no default export/ },
    { what: "exports no object", text: `export default 3`, hint: /is not a bot: .+ but it is 3/ },
    {
      what: "has a typo",
      text: `export default { emial: () => {} }`,
      hint: /A script has no "emial". It takes/,
    },
    { what: "has no work", text: `export default {}`, hint: /is not a bot/ },
    { what: "has an invalid rule", text: `export default { chat: 3 }`, hint: /chat.+a function/ },
  ])("that $what is reported in one line", async ({ text, hint }) => {
    const file = folderWith({ "bad.ts": text });
    const failure = (await loadScript(file("bad.ts"), olderNode).catch((error: unknown) => error)) as Error;
    expect(failure).toMatchObject({ name: "CommandFailure", exitCode: 2 });
    expect(failure.message).toMatch(hint);
    expect(failure.message).not.toContain("\n");
  });
});
