import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Address } from "./bare-client.ts";
import type { ServerJob } from "./link-server.ts";

/** A running server. */
export interface Server {
  readonly addresses: readonly Address[];
  /** Sends so many messages to the first agent. */
  readonly send: (messages: number) => void;
  readonly stop: () => void;
}

/** Starts the simulator in a process of its own, which ends with this process. */
export async function startServer(given: ServerJob): Promise<Server> {
  const file = fileURLToPath(new URL("link-server.ts", import.meta.url));
  const child = spawn(process.execPath, [...process.execArgv, file, JSON.stringify(given)], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const [line] = (await once(createInterface(child.stdout), "line")) as [string];
  const { url, accounts } = JSON.parse(line) as { url: string; accounts: Omit<Address, "url">[] };
  return {
    addresses: accounts.map((account) => ({ ...account, url })),
    send: (messages) => void child.stdin.write(`${messages}\n`),
    stop: () => child.stdin.end(),
  };
}
