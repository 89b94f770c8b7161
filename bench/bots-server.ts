import { createSimulator } from "deskstate/simulator";

/** A request to the server, over the channel of its process. */
export type ServerRequest =
  /** `csrf`: whether it asks for a token, which the bare client does not have. */
  | { readonly ask: "start"; readonly agents: number; readonly csrf: boolean }
  /** Lets customers come, so many milliseconds apart; 0 is none any more. */
  | { readonly ask: "customers"; readonly meanGap: number }
  /** Goes down and comes back; answers when it is there again. */
  | { readonly ask: "restart"; readonly downFor: number }
  | { readonly ask: "state" };

/** The response of the server. */
export interface ServerState {
  readonly url: string;
  readonly accounts: readonly { readonly user: string; readonly password: string }[];
  /** The interactions of each agent at the server: id and state. */
  readonly truth: Readonly<Record<string, readonly (readonly [id: string, state: string])[]>>;
  /** When handshakes came since the last restart, in milliseconds. */
  readonly handshakes: readonly number[];
  /** Processor time in microseconds. */
  readonly cpu: number;
}

let simulator: ReturnType<typeof createSimulator> | undefined;
let endCustomers = () => {};
let handshakes: number[] = [];

process.on("disconnect", () => process.exit());
process.on("message", (request: ServerRequest) => void answer(request));

async function answer(request: ServerRequest): Promise<void> {
  if (request.ask === "start") {
    simulator = createSimulator({
      agents: request.agents,
      csrf: request.csrf,
      offerTimeout: 60_000,
      comet: { timeout: 120_000 },
    });
    simulator.onRequest(({ operationName, executed, at }) => {
      if (operationName === "/meta/handshake" && executed) handshakes.push(at);
    });
    await simulator.start();
  }
  if (request.ask === "customers") {
    endCustomers();
    if (request.meanGap > 0) endCustomers = simulator!.startCustomers({ meanGap: request.meanGap });
  }
  if (request.ask === "restart") {
    handshakes = [];
    await simulator!.restart({ downFor: request.downFor });
  }
  process.send!(state());
}

function state(): ServerState {
  const { url, agents } = simulator!;
  const truth = agents.map(({ user }) => {
    const held = simulator!.snapshot(user).interactions;
    return [user, held.map(({ id, state: standing }) => [id, standing] as const)] as const;
  });
  const { user, system } = process.cpuUsage();
  return { url, accounts: agents, truth: Object.fromEntries(truth), handshakes, cpu: user + system };
}
