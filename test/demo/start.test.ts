import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));

function start(...args: string[]) {
  const child = spawn(process.execPath, ["--import", "tsx", "demo/start.ts", ...args], { cwd: root });
  onTestFinished(() => void child.kill("SIGKILL"));
  const lines: string[] = [];
  const errors: string[] = [];
  child.stderr.on("data", (chunk: Buffer) => errors.push(String(chunk)));
  const reader = createInterface(child.stdout).on("line", (line) => lines.push(line));
  return { child, lines, errors, firstLine: async () => String((await once(reader, "line"))[0]) };
}

test("npm start prints the address of the page in one line, serves it, and ends without an error on Ctrl-C", async () => {
  const { child, lines, errors, firstLine } = start("--port", "0");
  const address = /http:\/\/127\.0\.0\.1:\d+\//.exec(await firstLine())?.[0] ?? "";
  for (const host of ["127.0.0.1", "localhost"]) {
    const page = await fetch(address.replace("127.0.0.1", host));
    expect(await page.text()).toContain("<title>deskstate");
  }
  const exit = once(child, "exit");
  child.kill("SIGINT");
  expect(await exit).toEqual([0, null]);
  expect(lines).toHaveLength(1);
  expect(errors.join("")).toBe("");
}, 30_000);

test("a port that is none is refused", async () => {
  const { child, errors } = start("--port", "70000");
  expect(await once(child, "exit")).toEqual([2, null]);
  expect(errors.join("")).toContain("--port takes a number");
}, 30_000);
