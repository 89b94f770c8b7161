import { randomUUID } from "node:crypto";
import type { Desk, Link } from "../index.ts";
import { CommandFailure, createLink, findPassword, type CommandIO } from "../load/index.ts";
import { createSimulator } from "../simulator/index.ts";
import { playScenario } from "./scenario.ts";

/** The server that a desk is connected to. */
export interface DeskServer {
  readonly user: string;
  readonly link: Link;
  /** Starts what happens around the desk, where this process simulates it. */
  readonly play: (desk: Desk, log: (text: string) => void, signal: AbortSignal) => void;
  readonly close: () => Promise<void>;
}

/** Where a remote server is, and who the agent is. */
export interface RemoteServer {
  readonly url: string;
  readonly user: string;
  readonly allowInsecureHttp: boolean;
}

/** Returns a remote server. @throws CommandFailure when the options are invalid or there is no password. */
export async function remoteServer(
  { url, user, allowInsecureHttp }: RemoteServer,
  io: CommandIO,
): Promise<DeskServer> {
  // An invalid address or user is reported before the terminal asks for a password.
  createLink({ url, allowInsecureHttp, credentials: { user, password: "" } });
  const credentials = { user, password: await findPassword(user, io) };
  return {
    user,
    link: createLink({ url, allowInsecureHttp, credentials }),
    play: () => {},
    close: () => Promise.resolve(),
  };
}

/** Starts a simulated contact centre inside this process, with a scenario for a bot. */
export async function embeddedServer(
  names: readonly string[],
  hasBot: boolean,
  { clock }: Pick<CommandIO, "clock">,
): Promise<DeskServer> {
  const channels = (["email", "chat"] as const).filter((name) => names.includes(name));
  if (channels.length === 0) {
    throw new CommandFailure(2, "The simulated contact centre has the channels email and chat only.");
  }
  const user = "ana";
  const password = randomUUID();
  const simulator = createSimulator({
    agents: [{ user, password }],
    offerTimeout: 30_000,
    behaviour: { afterLeaveChat: "LeftChat" },
    clock,
  });
  await simulator.start();
  return {
    user,
    link: createLink({
      url: simulator.url,
      credentials: { user, password },
      // A single desk need not spread its handshakes.
      handshakeSpread: 0,
      random: () => 0.25,
    }),
    play: (desk, log, signal) => {
      log(`A simulated contact centre runs inside this process, at ${simulator.url}.`);
      if (!hasBot) return log("No agent works at this desk: add --auto to let a bot work.");
      log("→ is a request of the agent; ✓ follows when the server's own notification confirms it.");
      void playScenario({ simulator, desk, user, channels, log, clock, signal });
    },
    close: () => simulator.stop(),
  };
}
