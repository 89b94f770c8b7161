// Measures two paths through the built package with the counters of V8: `npm run walks`.
// 1. A chat is offered: from the server's response to the listeners of a list and of the interaction, with the next poll.
// 2. Accept: from the call of the action until its promise settles.
// It counts the files, functions and calls of this package's own code.
import { fork } from "node:child_process";
import { once } from "node:events";
import { Session } from "node:inspector/promises";
import { parseArgs } from "node:util";
import { type Interaction, createDesk } from "deskstate";
import { gws } from "deskstate/gws";

interface Walk {
  /** The calls of each function, by `file function:offset`. */
  readonly calls: ReadonlyMap<string, number>;
}

const session = new Session();
session.connect();

async function startCounting() {
  await session.post("Profiler.enable");
  await session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: false });
  await session.post("Profiler.takePreciseCoverage");
}

async function stopCounting(): Promise<Walk> {
  const { result } = await session.post("Profiler.takePreciseCoverage");
  await session.post("Profiler.stopPreciseCoverage");
  const calls = new Map<string, number>();
  for (const { url, functions } of result) {
    const file = /\/dist\/(.*)$/.exec(url)?.[1];
    if (file === undefined || url.includes("/node_modules/")) continue;
    for (const { functionName, ranges } of functions) {
      const [whole] = ranges;
      const { count, startOffset } = whole!;
      if (count > 0) calls.set(`${file} ${functionName || "(anonymous)"}:${startOffset}`, count);
    }
  }
  return { calls };
}

/** Resolves when the response is processed and the next poll is sent. */
const settle = () => new Promise((resolve) => setTimeout(resolve, 200));

/** Signs in, is offered one chat, and accepts it. Returns both walks and the id that the server gave to the chat. */
async function walk(expectedId: string | undefined) {
  const server = fork(new URL("walks-server.ts", import.meta.url));
  const [{ url, account }] = (await once(server, "message")) as [
    { url: string; account: { user: string; password: string } },
  ];
  const desk = createDesk({ link: gws({ url, credentials: account, allowInsecureHttp: true }) });
  await desk.start({ channels: ["chat"] });
  await desk.channel("chat").actions.Ready?.();
  let notifications = 0;
  if (expectedId !== undefined) desk.watch(expectedId).subscribe(() => notifications++);
  const offered = new Promise<Interaction>((resolve) => {
    desk.invitations.subscribe(([first]) => first && resolve(first));
  });
  await settle();

  await startCounting();
  server.send("chat");
  const interaction = await offered;
  await settle();
  const offer = await stopCounting();
  if (expectedId !== undefined && notifications === 0)
    throw new Error("The interaction's listener was not called.");

  await startCounting();
  const outcome = await (interaction.kind === "chat" && interaction.actions.Accept?.({ nickname: "Ana" }));
  const accept = await stopCounting();
  if (!outcome || outcome.outcome !== "Done") throw new Error(`Accept ended in ${JSON.stringify(outcome)}.`);

  await desk.stop();
  server.disconnect();
  return { id: interaction.id, offer, accept };
}

function print(title: string, { calls }: Walk, isLong: boolean) {
  const files = new Map<string, number>();
  let total = 0;
  for (const [name, count] of calls) {
    const file = name.slice(0, name.indexOf(" "));
    files.set(file, (files.get(file) ?? 0) + count);
    total += count;
  }
  console.log(`${title}: ${files.size} files, ${calls.size} functions, ${total} calls`);
  if (!isLong) return;
  for (const [file, count] of [...files].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    console.log(`  ${file} ${count}`);
    for (const [name, times] of calls)
      if (name.startsWith(`${file} `)) console.log(`    ${times} ${name.slice(file.length + 1)}`);
  }
}

const { values } = parseArgs({ options: { long: { type: "boolean", default: false } } });
// The first walk compiles the code and learns which id the chat will have.
const { id } = await walk(undefined);
const { offer, accept } = await walk(id);
print("A chat is offered", offer, values.long);
print("Accept", accept, values.long);
session.disconnect();
