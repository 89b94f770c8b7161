import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { ServerRequest, ServerState } from "./bots-server.ts";

/** Starts the simulator of the jobs with bots in a process of its own, which ends with this one. */
export function forkBotsServer() {
  const file = new URL(import.meta.url).href.replace("fork-bots-server", "bots-server");
  const child = fork(fileURLToPath(file), { stdio: ["ignore", "ignore", "inherit", "ipc"] });
  const gone = once(child, "exit").then(([code, signal]) => {
    throw new Error(`The server of the bots ended (${signal ?? code}).`);
  });
  // Its end is an error only for a caller of `ask`.
  gone.catch(() => {});
  return {
    ask: async (request: ServerRequest): Promise<ServerState> => {
      const answer = once(child, "message").then(([state]) => state as ServerState);
      // A request that cannot be sent has no receiver; `gone` has the reason.
      child.send(request, () => {});
      return Promise.race([answer, gone]);
    },
    stop: () => child.disconnect(),
  };
}

/** Customers come so many milliseconds apart, two a minute for each agent. */
export function gap(agents: number): number {
  return 30_000 / agents;
}
