import { createDesk } from "deskstate";
import { gws } from "deskstate/gws";
import { connectBare, type Address } from "./bare-client.ts";
import { answer, job } from "./process.ts";
import { startServer } from "./start-server.ts";

/** How many agents are to be connected at once in one process. */
export interface AgentsJob {
  readonly client: "bare" | "desk";
  readonly agents: number;
}

/** What they weigh. */
export interface AgentsResult {
  /** Bytes of resident memory for each. */
  readonly perAgent: number;
}

const { client, agents } = job<AgentsJob>();
// Some come before, so that what is made once is not counted.
const first = 50;
const server = await startServer({ agents: first + agents, hold: 120_000 });
const clients: unknown[] = [];
await connect(server.addresses.slice(0, first));
const before = await resident();
await connect(server.addresses.slice(first));
const perAgent = ((await resident()) - before) / agents;
if (clients.length !== first + agents) throw new Error("Not everybody is connected.");
answer<AgentsResult>({ perAgent });
server.stop();
process.exit();

async function connect(addresses: readonly Address[]): Promise<void> {
  for (const address of addresses) {
    if (client === "bare") clients.push(await connectBare(address, () => {}));
    else {
      const { url, user, password } = address;
      const desk = createDesk({ link: gws({ url, credentials: { user, password }, handshakeSpread: 0 }) });
      await desk.start();
      clients.push(desk);
    }
  }
}

async function resident(): Promise<number> {
  for (let count = 0; count < 5; count++) {
    globalThis.gc?.();
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return process.memoryUsage.rss();
}
