import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { beforeAll, expect, test } from "vitest";
import { createSimulator, type ServedRequest } from "../../src/simulator/index.ts";

interface Left {
  readonly entries: readonly string[];
  readonly addedByImport: readonly string[];
  readonly addedByRunning: readonly string[];
  readonly timers: number;
}

let left: Left;
let warnings = "";
let requests: readonly ServedRequest[] = [];

/** One process that imports every entry point, runs a desk and stops it. It has to end by itself. */
beforeAll(async () => {
  const simulator = createSimulator();
  await simulator.start();
  const program = fileURLToPath(new URL("./run-desk.ts", import.meta.url));
  const parameters = ["--conditions=deskstate-source", "--import", "tsx", program];
  const options = { env: { ...process.env, DESK_URL: simulator.url }, timeout: 60_000 };
  const { stdout, stderr } = await promisify(execFile)(process.execPath, parameters, options);
  left = JSON.parse(stdout) as Left;
  warnings = stderr;
  requests = simulator.requests;
  await simulator.stop();
}, 90_000);

test("importing every entry point changes nothing that is global", () => {
  expect(left.entries).toContain("./gws");
  expect(left.addedByImport).toEqual([]);
});

test("a desk that runs in Node has no window and changes nothing that is global", () => {
  expect(left.addedByRunning).toEqual([]);
});

test("thirty requests at a time are made without a warning", () => {
  expect(requests.filter(({ operationName }) => operationName === "Break")).toHaveLength(30);
  expect(warnings).toBe("");
});

test("a process whose desk is stopped has no timer left and ends by itself", () => {
  expect(left.timers).toBe(0);
  const ways = requests.map(({ operationName }) => operationName);
  expect(ways).toContain("EndContactCenterSession");
});
