// Run by a test in a process of its own: what a desk leaves behind, on what is global and in the process.
import { readFileSync } from "node:fs";

/** The names on everything that all code shares. */
function shared(): string[] {
  const prototypes = [Object, Array, Function, Promise, Map, String].map(({ prototype }) => prototype);
  return [globalThis, ...prototypes, process].flatMap((one) => Object.getOwnPropertyNames(one));
}

// What the frameworks themselves leave behind is theirs; ours comes after.
await Promise.all([import("react"), import("vue")]);
const before = shared();
const manifest = new URL("../../package.json", import.meta.url);
const { exports } = JSON.parse(readFileSync(manifest, "utf8")) as { exports: Record<string, unknown> };
const entries = Object.keys(exports).filter((entry) => !entry.endsWith(".json"));
for (const entry of entries) await import(entry.replace(".", "deskstate"));
const afterImport = shared();

const { createDesk } = await import("../../src/index.ts");
const { gws } = await import("../../src/links/gws/index.ts");
const credentials = { user: "agent1", password: "secret-agent1" };
const desk = createDesk({ link: gws({ url: process.env["DESK_URL"] ?? "", credentials }) });
await desk.start();
const operations = Array.from({ length: 30 }, (_, index) =>
  desk.channel(`channel${index}`).actions.NotReady?.({ reason: "Break" }),
);
const running = shared();
await desk.stop();
await Promise.all(operations);

console.log(
  JSON.stringify({
    entries,
    addedByImport: afterImport.filter((name) => !before.includes(name)),
    addedByRunning: running.filter((name) => !before.includes(name)),
    timers: process.getActiveResourcesInfo().filter((name) => name === "Timeout").length,
  }),
);
