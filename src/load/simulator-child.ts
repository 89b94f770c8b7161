import { createSimulator, type ChannelName, type Simulator } from "../simulator/index.ts";

/** The settings of the simulator. They travel as an argument of the process, so they have no secrets. */
export interface SimulatorSettings {
  readonly agents: number;
  readonly seed: number;
  /** Customers per minute; 0 is none. */
  readonly rate: number;
  /** Milliseconds; 0 is never. */
  readonly offerTimeout: number;
  readonly channels: readonly ChannelName[];
}

/** The first message of the process. */
export type StartMessage =
  { readonly url: string; readonly accounts: Simulator["agents"] } | { readonly failure: string };

/** The interactions that an agent holds, as the server knows them; offers are not included. */
export interface Holding {
  readonly user: string;
  readonly ids: readonly string[];
}

/*
 * The simulator in a process of its own, so that bots and server do not block each other. Passwords travel over the
 * channel of the process; the process ends when the channel closes.
 */
const { rate, channels, ...options } = JSON.parse(process.argv[2] ?? "") as SimulatorSettings;
// As at real servers, an agent who leaves a chat still holds it until they complete it.
const simulator = createSimulator({ ...options, behaviour: { afterLeaveChat: "LeftChat" } });

// Ctrl-C reaches every process of the terminal; the bots still need the server to finish.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => {});
process.on("disconnect", () => process.exit());
process.on("message", () => send(simulator.agents.map(({ user }) => holding(user))));

try {
  await simulator.start();
  if (rate > 0) simulator.startCustomers({ meanGap: 60_000 / rate, channels });
  send({ url: simulator.url, accounts: simulator.agents });
} catch (error) {
  send({ failure: error instanceof Error ? error.message : String(error) });
}

function holding(user: string): Holding {
  const { interactions } = simulator.snapshot(user);
  return { user, ids: interactions.filter(({ state }) => state !== "Invited").map(({ id }) => id) };
}

function send(message: StartMessage | readonly Holding[]): void {
  process.send?.(message);
}
