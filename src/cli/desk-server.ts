import { randomUUID } from "node:crypto";
import { DeskError, type Desk } from "../index.ts";
import { gws } from "../links/gws/index.ts";
import { createSimulator } from "../simulator/index.ts";
import { CommandFailure } from "./failure.ts";
import { findPassword, type PasswordSources } from "./password.ts";
import { playStory } from "./story.ts";

/** The server that a desk is connected to. */
export interface DeskServer {
  readonly title: string;
  readonly user: string;
  readonly link: ReturnType<typeof gws>;
  /** Lets the world around the desk begin, where it is ours to begin. */
  readonly play: (desk: Desk, tell: (text: string) => void, end: AbortSignal) => void;
  readonly close: () => Promise<void>;
}

/** A server somewhere, and who the agent is there. */
export async function remoteServer(
  options: { readonly url: string; readonly user: string; readonly allowInsecureHttp: boolean },
  sources: PasswordSources,
): Promise<DeskServer> {
  const { url, user, allowInsecureHttp } = options;
  // What is wrong with address or user is said before anybody is asked for a password.
  makeLink({ url, allowInsecureHttp: allowInsecureHttp, credentials: { user, password: "" } });
  const credentials = { user, password: await findPassword(user, sources) };
  return {
    title: `${user} at ${new URL(url).host}`,
    user,
    link: makeLink({ url, allowInsecureHttp: allowInsecureHttp, credentials }),
    play: () => {},
    close: () => Promise.resolve(),
  };
}

/** @throws CommandFailure when the options cannot be right. */
export function makeLink(options: Parameters<typeof gws>[0]): ReturnType<typeof gws> {
  try {
    return gws(options);
  } catch (error) {
    if (!(error instanceof DeskError)) throw error;
    const text =
      error.code === "insecure-url"
        ? "Refusing to send a password over plain http. Use https, or add --allow-insecure-http if you accept that."
        : error.message
            .replace('The option "url"', "--url")
            .replace('The option "credentials.user"', "--user");
    throw new CommandFailure(2, text);
  }
}

/** A simulated contact centre inside this process: with a story for those who watch, or customers for who works. */
export async function embeddedServer(names: readonly string[], isStory: boolean): Promise<DeskServer> {
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
  });
  await simulator.start();
  return {
    title: `${user} at a simulated contact centre`,
    user,
    link: gws({
      url: simulator.url,
      credentials: { user, password },
      // One desk alone need not keep out of the way of others when it comes back.
      handshakeSpread: 0,
      random: () => 0.25,
    }),
    play: (desk, tell, end) => {
      if (isStory) {
        tell(`A simulated contact centre runs inside this process, at ${simulator.url}.`);
        tell("→ is what the agent asks for; ✓ comes when the server's own notification confirms it.");
        void playStory({ simulator, desk, user, channels, tell, end });
      } else {
        if (channels.includes("email")) simulator.customers.email();
        if (channels.includes("chat")) simulator.customers.chat({ text: "Hello, is anybody there?" });
        simulator.startCustomers({ meanGap: 15_000, channels });
      }
    },
    close: () => simulator.stop(),
  };
}
