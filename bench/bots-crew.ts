import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { defineBot } from "deskstate/bot";
import type { ServerRequest, ServerState } from "./bots-server.ts";

/** What the jobs with bots have in common: the simulator in a process of its own, which ends with this one. */
export function forkServer() {
  const child = fork(fileURLToPath(new URL(import.meta.url).href.replace("bots-crew", "bots-server")), {
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  return {
    ask: async (request: ServerRequest): Promise<ServerState> => {
      child.send(request);
      const [state] = (await once(child, "message")) as [ServerState];
      return state;
    },
    stop: () => child.disconnect(),
  };
}

/** Answers whatever comes, at once. */
export const script = defineBot({
  typing: 0,
  reading: 0,
  chat: async (chat) => {
    await chat.say("Hello");
    await chat.answer([[/./, "Yes"]]);
    await chat.leave();
    await chat.complete();
  },
  email: async (email) => {
    await email.reply({ text: "Thank you" });
    await email.complete();
  },
});

/** Customers come so many milliseconds apart, two a minute for each agent. */
export function gap(agents: number): number {
  return 30_000 / agents;
}

export async function until(holds: () => boolean, patience: number): Promise<void> {
  const end = performance.now() + patience;
  while (!holds() && performance.now() < end) await pause(20);
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
