import { randomUUID } from "node:crypto";
import type { Desk, Link } from "../index.ts";
import { CommandFailure, createLink, findPassword, type CommandIO } from "../load/index.ts";
import { channelNames, createSimulator } from "../simulator/index.ts";
import { playScenario } from "./scenario.ts";

/** Where the server is, and who the agent is; without `url` it is simulated. */
export interface DeskServerOptions {
  readonly url?: string;
  readonly user?: string;
  readonly channels: readonly string[];
  readonly auto?: boolean;
  readonly allowInsecureHttp?: boolean;
}

/** The server that a desk is connected to. */
export interface DeskServer {
  readonly user: string;
  readonly link: Link;
  /** Starts what happens around the desk, where this process simulates it. */
  readonly play?: (desk: Desk, log: (text: string) => void, signal: AbortSignal) => void;
  readonly close?: () => Promise<void>;
}

/** Resolves with the server of the options. @throws CommandFailure when they are invalid or there is no password. */
export async function openServer(options: DeskServerOptions, io: CommandIO): Promise<DeskServer> {
  const { url, user, allowInsecureHttp = false } = options;
  if (url === undefined) {
    if (user !== undefined) throw new CommandFailure(2, "--user belongs to a server: give --url as well.");
    return startEmbeddedServer(options, io);
  }
  if (user === undefined) throw new CommandFailure(2, "Give --user as well as --url.");
  const linkWith = (password: string) =>
    createLink({ url, allowInsecureHttp, credentials: { user, password } });
  // An invalid address or user is reported before the terminal asks for a password.
  linkWith("");
  return { user, link: linkWith(await findPassword(user, io)) };
}

/** Starts a simulated contact centre inside this process, with a scenario for a bot. */
async function startEmbeddedServer(
  options: DeskServerOptions,
  { clock }: Pick<CommandIO, "clock">,
): Promise<DeskServer> {
  const channels = channelNames.filter((name) => options.channels.includes(name));
  if (channels.length === 0) {
    throw new CommandFailure(
      2,
      `The simulated contact centre has the channels ${channelNames.join(" and ")} only.`,
    );
  }
  const credentials = { user: "ana", password: randomUUID() };
  const simulator = createSimulator({
    agents: [credentials],
    offerTimeout: 30_000,
    behaviour: { afterLeaveChat: "LeftChat" },
    clock,
  });
  await simulator.start();
  const { user } = credentials;
  return {
    user,
    // A single desk need not spread its handshakes.
    link: createLink({ url: simulator.url, credentials, handshakeSpread: 0, random: () => 0.25 }),
    play(desk, log, signal) {
      log(`A simulated contact centre runs inside this process, at ${simulator.url}.`);
      if (options.auto !== true) return log("No agent works at this desk: add --auto to let a bot work.");
      log("→ is a request of the agent; ✓ follows when the server's own notification confirms it.");
      void playScenario({ simulator, desk, user, channels, log, clock, signal });
    },
    close: () => simulator.stop(),
  };
}
