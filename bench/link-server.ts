import { createSimulator } from "deskstate/simulator";
import { job } from "./process.ts";
import { StandardStream } from "./stream.ts";

/** Options of the simulator. */
export interface ServerJob {
  readonly agents: number;
  /** Milliseconds for which the server holds a poll. */
  readonly hold: number;
}

/*
 * The simulator in a process of its own, so that its cost is not measured. It prints its address. Each line on standard
 * input is a number: so many messages of the standard stream are sent to the first agent. It ends with its input.
 */
const { agents, hold } = job<ServerJob>();
const simulator = createSimulator({ agents, csrf: false, comet: { timeout: hold } });
await simulator.start();
const stream = new StandardStream({ live: 100, variant: "new-events", seed: 1 });
process.stdout.write(`${JSON.stringify({ url: simulator.url, accounts: simulator.agents })}\n`);

process.stdin.setEncoding("utf8").on("end", () => process.exit());
process.stdin.on("data", (text: string) => {
  let left = Number(text);
  const send = () => {
    for (const message of stream.next(Math.min(25, left))) {
      const { channel, data } = JSON.parse(message) as { channel: string; data: object };
      simulator.notify(simulator.agents[0]!.user, channel, data);
    }
    left -= 25;
    // Like a busy server: each response contains some messages, none contains all.
    if (left > 0) setTimeout(send, 5);
  };
  send();
});
