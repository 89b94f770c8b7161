import { createDesk } from "deskstate";
import { gws, gws851 } from "deskstate/gws";
import { connectBare, type Address } from "./bare-client.ts";
import { median, now } from "./measure.ts";
import { answer, job } from "./process.ts";
import { startServer } from "./start-server.ts";

/** Names the client that receives the messages. */
export interface LinkJob {
  readonly client: "bare" | "desk";
  readonly messages: number;
  readonly rounds: number;
}

/** Microseconds of processor time of the client's process, per message. */
export interface LinkResult {
  readonly cpu: number;
}

const { client, messages, rounds } = job<LinkJob>();
const server = await startServer({ agents: 1, hold: 5000 });
let received = 0;
await (client === "bare"
  ? connectBare(server.addresses[0]!, () => received++)
  : startDesk(server.addresses[0]!));

/** Rounds that warm up the compiler, which takes longer here than for the store alone. They do not count. */
const warmUp = 10;
const times: number[] = [];
for (let round = -warmUp; round < rounds; round++) {
  const startedAt = now();
  const end = received + messages;
  server.send(messages);
  while (received < end) await new Promise((resolve) => setTimeout(resolve, 5));
  if (round >= 0) times.push((now() - startedAt) / messages);
}
answer<LinkResult>({ cpu: median(times) });
server.stop();
process.exit();

async function startDesk({ url, user, password }: Address): Promise<void> {
  const dialect = {
    ...gws851,
    decode: (message: unknown) => {
      received++;
      return gws851.decode(message);
    },
  };
  await createDesk({ link: gws({ url, credentials: { user, password }, dialect }) }).start();
}
