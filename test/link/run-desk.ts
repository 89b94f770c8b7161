// Run by a test in a process of its own: what a desk leaves behind, on what is global and in the process.
const before = new Set(Object.getOwnPropertyNames(globalThis));

const { createDesk } = await import("../../src/index.ts");
const { gws } = await import("../../src/link/index.ts");
await import("../../machines/index.ts");
await import("../../src/simulator/index.ts");
const added = Object.getOwnPropertyNames(globalThis).filter((name) => !before.has(name));

const desk = createDesk({
  link: gws({
    url: process.env["DESK_URL"] ?? "",
    credentials: { user: "agent1", password: "secret-agent1" },
  }),
});
await desk.start();
await Promise.all(
  Array.from({ length: 30 }, (_, index) => desk.channel("chat").actions.NotReady?.({ reason: `r${index}` })),
);
const readings = Array.from({ length: 30 }, (_, index) =>
  desk.channel(`other${index}`).actions.NotReady?.({ reason: "Break" }),
);
const hasWindow = "window" in globalThis;
await desk.stop();
await Promise.all(readings);
const timers = process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
console.log(JSON.stringify({ timers, added, hasWindow }));
