import { createSimulator } from "deskstate/simulator";

/*
 * The simulator in a process of its own, so that what it runs is not counted. Every message that it gets opens a chat, and
 * the same seed gives the same ids.
 */
const simulator = createSimulator({ agents: 1, seed: 1 });
await simulator.start();
process.on("message", () => simulator.customers.chat({ text: "Hello" }));
process.on("disconnect", () => process.exit());
process.send!({ url: simulator.url, account: simulator.agents[0] });
