import { spawn } from "node:child_process";
import { PassThrough } from "node:stream";
import { resolve } from "node:path";
import { onTestFinished } from "vitest";
import type { Surroundings } from "../../src/cli/desk-command.ts";
import { runCommandLine } from "../../src/cli/program.ts";

const root = resolve(import.meta.dirname, "../..");

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command that runs in a process of its own, from the sources. */
export interface RunningCommand {
  readonly finished: Promise<Finished>;
  /** Waits until its output holds this. @returns the output so far. */
  readonly says: (text: string) => Promise<string>;
  /** The same for what it writes to standard error. */
  readonly complains: (text: string) => Promise<string>;
  readonly signal: (name: NodeJS.Signals) => void;
  /** Stops reading, as `head` does. */
  readonly stopReading: () => void;
}

export function start(
  args: readonly string[],
  { env = {}, input = "" }: { readonly env?: Readonly<Record<string, string>>; readonly input?: string } = {},
): RunningCommand {
  const options = ["--conditions=deskstate-source", "--import", "tsx", "src/cli/main.ts"];
  const child = spawn(process.execPath, [...options, ...args], {
    cwd: root,
    env: { ...process.env, DESKSTATE_PASSWORD: "", NO_COLOR: "1", ...env },
  });
  let stdout = "";
  let stderr = "";
  const waiting = new Set<() => void>();
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    stdout += chunk;
    for (const look of [...waiting]) look();
  });
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    stderr += chunk;
    for (const look of [...waiting]) look();
  });
  child.stdin.on("error", () => {});
  child.stdin.end(input);
  const finished = new Promise<Finished>((done) => {
    child.on("close", (code) => done({ code, stdout, stderr }));
  });
  const told = (output: () => string, text: string) =>
    new Promise<string>((done, fail) => {
      const look = (): void => {
        if (!output().includes(text)) return;
        waiting.delete(look);
        done(output());
      };
      waiting.add(look);
      look();
      void finished.then(() => fail(new Error(`It ended without saying ${text}: ${stdout}${stderr}`)));
    });
  return {
    finished,
    says: (text) => told(() => stdout, text),
    complains: (text) => told(() => stderr, text),
    signal: (name) => void child.kill(name),
    stopReading: () => child.stdout.destroy(),
  };
}

/** Runs a command in a process of its own to its end. */
export function run(...given: Parameters<typeof start>): Promise<Finished> {
  return start(...given).finished;
}

/** Runs a command line inside this process, with streams that are no terminal. */
export async function runHere(
  args: readonly string[],
  { env = {}, input = "" }: { readonly env?: Readonly<Record<string, string>>; readonly input?: string } = {},
): Promise<Finished> {
  const streams = { stdin: new PassThrough(), stdout: new PassThrough(), stderr: new PassThrough() };
  streams.stdin.end(input);
  onTestFinished(() => {
    for (const stream of Object.values(streams)) stream.destroy();
  });
  const code = await runCommandLine(args, { ...streams, env } as unknown as Surroundings);
  const text = (stream: PassThrough): string => String(stream.read() ?? "");
  return { code, stdout: text(streams.stdout), stderr: text(streams.stderr) };
}
