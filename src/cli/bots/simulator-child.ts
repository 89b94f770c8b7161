import { createSimulator, type Simulator } from "../../simulator/index.ts";
import type { SimulatorAnswer, SimulatorRequest } from "./simulator-messages.ts";

/*
 * The simulator in a process of its own, so that bots and server do not wait for each other. It is talked to over the
 * channel of the process, on which passwords travel too, and ends when that is closed.
 */
let simulator: Simulator | undefined;

// Ctrl-C reaches every process at the terminal; the bots still have something to finish here.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => {});
process.on("disconnect", () => process.exit());
process.on("message", (request: SimulatorRequest) => void answer(request));

async function answer(request: SimulatorRequest): Promise<void> {
  if (request.ask === "start") await start(request);
  else tell({ told: "holdings", holdings: simulator?.agents.map(({ user }) => holding(user)) ?? [] });
}

async function start({ agents, seed, rate, offerTimeout, channels }: SimulatorRequest & { ask: "start" }) {
  try {
    // As at real servers an agent who leaves a chat still has it, until he marks it done.
    const behaviour = { afterLeaveChat: "LeftChat" } as const;
    simulator = createSimulator({ agents, seed, offerTimeout, behaviour });
    await simulator.start();
    if (rate > 0) simulator.startCustomers({ meanGap: 60_000 / rate, channels });
    tell({ told: "started", url: simulator.url, accounts: simulator.agents });
  } catch (error) {
    tell({ told: "failed", why: error instanceof Error ? error.message : String(error) });
  }
}

function holding(user: string) {
  const { interactions } = simulator?.snapshot(user) ?? { interactions: [] };
  return { user, ids: interactions.filter(({ state }) => state !== "Invited").map(({ id }) => id) };
}

function tell(told: SimulatorAnswer): void {
  process.send?.(told);
}
