import { createSimulator, type Simulator } from "../simulator/index.ts";
import { Ending } from "./ending.ts";
import { CommandFailure } from "./failure.ts";

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

/** The command `simulate`: a simulated contact centre until it is interrupted. */
export async function runSimulate(
  options: SimulateCommandOptions,
  { stdout }: { readonly stdout: NodeJS.WritableStream },
): Promise<number> {
  const { rate, ...settings } = options;
  const simulator = createSimulator(settings);
  try {
    await simulator.start();
  } catch (error) {
    const code = (error as { code?: unknown }).code;
    const why =
      code === "EADDRINUSE" ? "it is taken" : code === "EACCES" ? "permission denied" : String(code);
    throw new CommandFailure(1, `Port ${options.port} cannot be used: ${why}.`);
  }
  const ending = new Ending();
  ending.onInterrupt(() => {});
  if (rate > 0) simulator.startCustomers({ meanGap: 60_000 / rate });
  stdout.write(introduction(simulator, options));
  await ending.wait();
  await simulator.stop();
  ending.forget();
  return 0;
}

function introduction({ url, agents }: Simulator, { seed, rate }: SimulateCommandOptions): string {
  const [first] = agents;
  const lines = [
    `A simulated contact centre at ${url} (seed ${seed}).`,
    rate > 0
      ? `About ${rate} customers come in a minute, to whoever is Ready.`
      : "No customers come by themselves.",
    "",
    "Its agents; the passwords are made up and good for nothing else:",
    ...agents.map(({ user, password }) => `  ${user}  ${password}`),
    "",
    ...(first === undefined
      ? []
      : [
          "Connect a desk, with --auto to let it work by itself:",
          `  DESKSTATE_PASSWORD=${first.password} npx deskstate desk --url ${url} --user ${first.user}`,
          "",
        ]),
    "Ctrl-C ends it.",
  ];
  return `${lines.join("\n")}\n`;
}
