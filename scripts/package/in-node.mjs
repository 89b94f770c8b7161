// Run by check-package.ts in a project that installed the package: prints, as JSON, what is not as applications need it.
import { once } from "node:events";
import { inspect } from "node:util";
import { createDesk } from "deskstate";
import { gws } from "deskstate/gws";
import { createSimulator } from "deskstate/simulator";

/** A page of a terminal, and not much of one. */
const limits = { lines: 25, characters: 2000 };
const customerText = "Only the customer may read this";

const problems = [];
const check = (name, isRight) => {
  if (!isRight) problems.push(name);
};
const attempt = (name, run) => {
  try {
    check(name, run());
  } catch {
    problems.push(name);
  }
};

const simulator = createSimulator({ agents: 1, seed: 1 });
await simulator.start();
const link = gws({ url: simulator.url, credentials: simulator.agents[0], allowInsecureHttp: true });
const desk = createDesk({ link });
await desk.start({ channels: ["email", "chat"] });
for (const name of ["email", "chat"]) await desk.channel(name).actions.Ready();

const accepted = [];
for (const customer of ["email", "chat"]) {
  const offer = new Promise((resolve) => {
    const stop = desk.invitations.subscribe(([first]) => {
      if (!first) return;
      stop();
      resolve(first);
    });
  });
  simulator.customers[customer]({ text: customerText });
  const interaction = await offer;
  await interaction.actions.Accept({ nickname: "Ana" });
  accepted.push(interaction);
}

const isShort = (value) => {
  const text = inspect(value);
  return (
    text.length <= limits.characters && text.split("\n").length <= limits.lines && !text.includes("[Function")
  );
};
check("console.log(desk) is not short", isShort(desk));

for (const interaction of accepted) {
  const { kind } = interaction;
  const snapshot = interaction.getSnapshot();
  check(`console.log of ${kind} is not short`, isShort(interaction));
  attempt(`console.log of ${kind} does not name its id and state`, () => {
    const text = inspect(interaction);
    return text.includes(snapshot.id) && text.includes(snapshot.state);
  });
  attempt(`${kind} has customer data in own enumerable fields`, () => !isIn(interaction, customerText));
  attempt(
    `JSON.stringify of a snapshot of ${kind} fails`,
    () => JSON.parse(JSON.stringify(snapshot)).id === snapshot.id,
  );
  for (const part of ["userData", "raw", "email", "transcript"])
    attempt(`structuredClone of ${part} of ${kind} fails`, () => {
      const copy = structuredClone(snapshot[part]);
      return JSON.stringify(copy) === JSON.stringify(snapshot[part]);
    });
}

/** Whether a text stands in what an object holds itself, as a browser's console shows it. */
function isIn(value, text, seen = new Set()) {
  if (typeof value === "string") return value.includes(text);
  if (typeof value !== "object" || value === null || seen.has(value)) return false;
  seen.add(value);
  const fields = value instanceof Map ? [...value].flat() : Object.values(value);
  return fields.some((field) => isIn(field, text, seen));
}

await desk.stop();
const stopped = simulator.stop();
await Promise.race([stopped, once(process, "beforeExit")]);
console.log(JSON.stringify(problems));
process.exit();
