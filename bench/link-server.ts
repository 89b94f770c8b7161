import { createSimulator } from "deskstate/simulator";
import { job } from "./process.ts";
import { StandardStream } from "./stream.ts";

/** What the simulator is to be. */
export interface ServerJob {
  readonly agents: number;
  /** Milliseconds for which a poll is held. */
  readonly hold: number;
}

/*
 * The simulator in a process of its own, so that what it costs is not counted: prints its address, and sends as many
 * messages of the standard stream to its first agent as each line on standard input says. It ends with its input.
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
    for (const one of stream.take(Math.min(25, left))) {
      const { channel, data } = JSON.parse(one) as { channel: string; data: object };
      simulator.notify(simulator.agents[0]!.user, channel, data);
    }
    left -= 25;
    // A busy server: some messages in each answer, not all of them in one.
    if (left > 0) setTimeout(send, 5);
  };
  send();
});
