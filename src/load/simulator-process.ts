import { fork } from "node:child_process";
import { once } from "node:events";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import type { Account } from "./accounts.ts";
import { CommandFailure } from "./failure.ts";
import type { Holding, SimulatorSettings, StartMessage } from "./simulator-child.ts";

/** A simulator in a process of its own. */
export interface SimulatorProcess {
  readonly url: string;
  readonly accounts: readonly Account[];
  /** Resolves with the interactions that its agents hold now; `undefined` when it does not answer. */
  readonly holdings: () => Promise<readonly Holding[] | undefined>;
  /** Resolves when the process has ended. */
  readonly ended: Promise<void>;
  readonly stop: () => Promise<void>;
}

/** Starts a simulator. @throws CommandFailure when it does not start. */
export async function startSimulator(settings: SimulatorSettings): Promise<SimulatorProcess> {
  // From the sources this file is TypeScript, and so is that one.
  const file = fileURLToPath(new URL(`simulator-child${extname(import.meta.url)}`, import.meta.url));
  const child = fork(file, [JSON.stringify(settings)], { stdio: ["ignore", "ignore", "inherit", "ipc"] });
  const ended = once(child, "exit").then(() => {});
  const nextMessage = () =>
    Promise.race([once(child, "message").then(([message]: unknown[]) => message), ended]);
  const started = ((await nextMessage()) ?? { failure: "it ended" }) as StartMessage;
  if ("failure" in started) {
    child.kill("SIGKILL");
    throw new CommandFailure(1, `The simulator cannot be started: ${started.failure}.`);
  }
  return {
    ...started,
    ended,
    async holdings() {
      if (!child.connected) return undefined;
      child.send("holdings", () => {});
      return (await nextMessage()) as readonly Holding[] | undefined;
    },
    async stop() {
      if (child.connected) child.disconnect();
      await ended;
    },
  };
}
