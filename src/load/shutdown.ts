import type { CommandIO } from "./command-io.ts";

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** The stages in which a command ends. */
export interface Shutdown {
  /** One for each stage; each signal of the process aborts the next one. */
  readonly stages: readonly AbortSignal[];
  /** Stops listening to signals. */
  readonly dispose: () => void;
}

/** Listens to Ctrl-C and the like. A signal after the last stage ends the process immediately, with exit code 130. */
export function listenForShutdown(
  { signals: source, exit }: Pick<CommandIO, "signals" | "exit">,
  stageCount: number,
): Shutdown {
  const stages = Array.from({ length: stageCount }, () => new AbortController());
  const listener = (): void => {
    const next = stages.find(({ signal }) => !signal.aborted);
    if (next === undefined) exit(130);
    else next.abort();
  };
  for (const name of signals) source.on(name, listener);
  return {
    stages: stages.map(({ signal }) => signal),
    dispose: () => signals.forEach((name) => source.off(name, listener)),
  };
}
