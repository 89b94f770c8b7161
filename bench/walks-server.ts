import { createSimulator } from "deskstate/simulator";

/*
 * The simulator in a process of its own, so that its calls are not counted. Each message to it opens a chat. The same seed
 * leads to the same ids.
 */
const simulator = createSimulator({ agents: 1, seed: 1 });
await simulator.start();
process.on("message", () => simulator.customers.chat({ text: "Hello" }));
process.on("disconnect", () => process.exit());
process.send!({ url: simulator.url, account: simulator.agents[0] });
