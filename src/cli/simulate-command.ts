import { once } from "node:events";
import { CommandFailure, errorCode, listenForShutdown, type CommandIO } from "../load/index.ts";
import { createSimulator, type Simulator } from "../simulator/index.ts";

/** The options of the command `simulate`. */
export interface SimulateCommandOptions {
  readonly port: number;
  readonly agents: number;
  readonly seed: number;
  /** Customers per minute; 0 is none. */
  readonly rate: number;
  readonly csrf: boolean;
  /** Milliseconds; 0 is never. */
  readonly offerTimeout: number;
}

const portProblems: Readonly<Record<string, string>> = {
  EADDRINUSE: "it is taken",
  EACCES: "permission denied",
};

/** Runs a simulated contact centre until it is interrupted. @returns 0 */
export async function runSimulate(options: SimulateCommandOptions, io: CommandIO): Promise<number> {
  const { rate, ...settings } = options;
  const simulator = createSimulator({ ...settings, clock: io.clock });
  try {
    await simulator.start();
  } catch (error) {
    const code = errorCode(error);
    throw new CommandFailure(1, `Port ${options.port} cannot be used: ${portProblems[code] ?? code}.`);
  }
  const { stages, dispose } = listenForShutdown(io, 1);
  const [interrupted] = stages as [AbortSignal];
  if (rate > 0) simulator.startCustomers({ meanGap: 60_000 / rate });
  io.stdout.write(introduction(simulator, options));
  if (!interrupted.aborted) await once(interrupted, "abort");
  await simulator.stop();
  dispose();
  return 0;
}

function introduction({ url, agents }: Simulator, { seed, rate }: SimulateCommandOptions): string {
  const [first] = agents;
  const lines = [
    `A simulated contact centre at ${url} (seed ${seed}).`,
    rate > 0
      ? `About ${rate} customers a minute are offered to the agents that are Ready.`
      : "No customers come by themselves.",
    "",
    "Its agents; the passwords are made up and work nowhere else:",
    ...agents.map(({ user, password }) => `  ${user}  ${password}`),
    "",
    ...(first === undefined
      ? []
      : [
          "Connect a desk, with --auto to let a bot work at it:",
          `  DESKSTATE_PASSWORD=${first.password} npx deskstate desk --url ${url} --user ${first.user}`,
          "",
        ]),
    "Ctrl-C ends it.",
  ];
  return `${lines.join("\n")}\n`;
}
