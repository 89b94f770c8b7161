import { createSimulator } from "deskstate/simulator";
import { StandardStream } from "./stream.ts";

/*
 * A server in a process of its own for the link's bench: prints its address, and sends as many messages of the standard
 * stream as each line on standard input says.
 */
const simulator = createSimulator({ csrf: false, comet: { timeout: 5000 } });
await simulator.start();
const [agent] = simulator.agents;
const stream = new StandardStream({ live: 100, variant: "new-events", seed: 1 });
process.stdout.write(`${JSON.stringify({ url: simulator.url, ...agent })}\n`);

process.stdin.setEncoding("utf8").on("data", (text: string) => {
  let left = Number(text);
  const send = () => {
    for (const one of stream.take(Math.min(25, left))) {
      const { channel, data } = JSON.parse(one) as { channel: string; data: object };
      simulator.notify(agent!.user, channel, data);
    }
    left -= 25;
    // A busy server: some messages in each answer, not all of them in one.
    if (left > 0) setTimeout(send, 5);
  };
  send();
});
