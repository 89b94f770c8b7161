import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { CommandFailure } from "../failure.ts";
import type { Account } from "./accounts.ts";
import type { Holding, SimulatorAnswer, SimulatorRequest } from "./simulator-messages.ts";

/** How the simulator is to be. */
export type SimulatorSettings = Omit<SimulatorRequest & { ask: "start" }, "ask">;

/** A simulator in a process of its own. */
export interface SimulatorProcess {
  readonly url: string;
  readonly accounts: readonly Account[];
  /** What its agents have in hand now; `undefined` when it does not answer. */
  readonly holdings: () => Promise<readonly Holding[] | undefined>;
  /** Resolves when it is gone. */
  readonly gone: Promise<void>;
  readonly stop: () => Promise<void>;
}

/** @throws CommandFailure when it cannot be started. */
export async function startSimulator(settings: SimulatorSettings): Promise<SimulatorProcess> {
  // From the sources this file is TypeScript, and so is that one.
  const file = fileURLToPath(new URL(`simulator-child${extname(import.meta.url)}`, import.meta.url));
  const child = fork(file, { stdio: ["ignore", "ignore", "inherit", "ipc"] });
  const gone = once(child, "exit").then(() => {});
  const answer = await ask(child, gone, { ask: "start", ...settings });
  if (answer?.told !== "started") {
    child.kill("SIGKILL");
    throw new CommandFailure(
      1,
      `The simulator cannot be started: ${answer?.told === "failed" ? answer.why : "it ended"}.`,
    );
  }
  return {
    url: answer.url,
    accounts: answer.accounts,
    gone,
    async holdings() {
      const told = await ask(child, gone, { ask: "holdings" });
      return told?.told === "holdings" ? told.holdings : undefined;
    },
    async stop() {
      if (child.connected) child.disconnect();
      await gone;
    },
  };
}

/** Asks, one question at a time. @returns `undefined` when it is gone */
async function ask(
  child: ChildProcess,
  gone: Promise<void>,
  request: SimulatorRequest,
): Promise<SimulatorAnswer | undefined> {
  if (!child.connected) return undefined;
  const answered = once(child, "message").then(([answer]) => answer as SimulatorAnswer);
  child.send(request, () => {});
  return Promise.race([answered, gone.then(() => undefined)]);
}
