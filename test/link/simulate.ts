import { onTestFinished } from "vitest";
import { createSimulator, type Simulator, type SimulatorOptions } from "../../src/simulator/index.ts";

/** Starts a simulator with short polls; it is stopped when the test is over. */
export async function simulate(options: SimulatorOptions = {}): Promise<Simulator> {
  const comet = { timeout: 100, maxInterval: 5000 };
  const simulator = createSimulator({ offerTimeout: 0, comet, ...options });
  onTestFinished(() => simulator.stop());
  await simulator.start();
  return simulator;
}

/** Returns the number of sign-ins. */
export function signIns({ requests }: Simulator): number {
  return requests.filter(({ method, path }) => method === "GET" && path === "/me").length;
}
