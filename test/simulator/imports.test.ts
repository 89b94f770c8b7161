import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../../src/simulator", import.meta.url));
const shared = ["../domain/clock.ts", "../domain/random.ts"];

/** Returns what a file imports: packages by name, files relative to the simulator's folder. */
function importsOf(file: string): string[] {
  const source = readFileSync(join(root, file), "utf8");
  return [...source.matchAll(/^(?:import|export) .*?from "([^"]+)";|import\("([^"]+)"\)/gms)].map(
    ([, from = "", dynamic = ""]) => {
      const name = from + dynamic;
      return name.startsWith(".") ? relative(root, join(root, dirname(file), name)) : name;
    },
  );
}

test("the simulator shares only the clock and the random numbers, and only its HTTP server needs Node", () => {
  const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".ts"),
  );
  expect(files).toContain("comet/comet-server.ts");
  const foreign = files.flatMap((file) =>
    importsOf(file)
      .filter((name) => !files.includes(name) && !shared.includes(name))
      .map((name) => `${file} imports ${name}`),
  );
  expect(foreign).toEqual([
    "http-server.ts imports node:http",
    "http-server.ts imports node:net",
    "http-server.ts imports node:stream",
  ]);
});
