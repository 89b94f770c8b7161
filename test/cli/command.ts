import { spawn } from "node:child_process";
import { EventEmitter } from "node:events";
import { resolve } from "node:path";
import { PassThrough, type Readable } from "node:stream";
import { runCommandLine } from "../../src/cli/program.ts";
import type { Clock } from "../../src/index.ts";
import type { CommandIO } from "../../src/load/index.ts";

const root = resolve(import.meta.dirname, "../..");

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunningCommand {
  readonly finished: Promise<Finished>;
  /** Resolves with the output when it matches; rejects when the command ends before. */
  readonly prints: (text: string | RegExp) => Promise<string>;
  /** The same for standard error. */
  readonly printsError: (text: string | RegExp) => Promise<string>;
  readonly signal: (name: NodeJS.Signals) => void;
  /** Stops reading the output, as `head` does. */
  readonly stopReading: () => void;
}

export interface CommandOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
}

/** Starts a command in a process of its own, from the sources. */
export function startProcess(
  args: readonly string[],
  { env = {}, input = "" }: CommandOptions = {},
): RunningCommand {
  const options = ["--conditions=deskstate-source", "--import", "tsx", "src/cli/main.ts"];
  const child = spawn(process.execPath, [...options, ...args], {
    cwd: root,
    env: { ...process.env, DESKSTATE_PASSWORD: "", NO_COLOR: "1", ...env },
  });
  child.stdin.on("error", () => {});
  child.stdin.end(input);
  const code = new Promise<number | null>((done) => child.on("close", done));
  return {
    ...observe(child.stdout, child.stderr, code),
    signal: (name) => void child.kill(name),
    stopReading: () => child.stdout.destroy(),
  };
}

/** Runs a command in a process of its own to its end. */
export function runProcess(...given: Parameters<typeof startProcess>): Promise<Finished> {
  return startProcess(...given).finished;
}

/** Starts a command inside this process, with streams that are not terminals. */
export function start(
  args: readonly string[],
  { env = {}, input = "", clock = realClock }: CommandOptions & { readonly clock?: Clock } = {},
): RunningCommand {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const signals = new EventEmitter();
  stdin.end(input);
  let exit: CommandIO["exit"] = () => {};
  const exited = new Promise<number>((resolve) => {
    exit = resolve;
  });
  const io: CommandIO = { stdin, stdout, stderr, env, clock, signals, exit };
  const code = Promise.race([runCommandLine(args, io), exited]).then(async (exitCode) => {
    // Lets the streams deliver what was written.
    await new Promise((done) => setImmediate(done));
    return exitCode;
  });
  return {
    ...observe(stdout, stderr, code),
    signal: (name) => void signals.emit(name),
    stopReading: () => stdout.destroy(new Error("EPIPE")),
  };
}

/** Runs a command inside this process to its end. */
export async function run(...given: Parameters<typeof start>): Promise<Finished> {
  return start(...given).finished;
}

function observe(
  output: Readable,
  errors: Readable,
  code: Promise<number | null>,
): Pick<RunningCommand, "finished" | "prints" | "printsError"> {
  const texts = { stdout: "", stderr: "" };
  const checks = new Set<() => void>();
  for (const [name, stream] of [["stdout", output] as const, ["stderr", errors] as const]) {
    stream.setEncoding("utf8").on("data", (chunk: string) => {
      texts[name] += chunk;
      for (const check of [...checks]) check();
    });
  }
  const finished = code.then((exitCode) => ({ code: exitCode, ...texts }));
  const waitFor = (name: keyof typeof texts, text: string | RegExp) =>
    new Promise<string>((done, fail) => {
      const check = (): void => {
        const isThere = typeof text === "string" ? texts[name].includes(text) : text.test(texts[name]);
        if (!isThere) return;
        checks.delete(check);
        done(texts[name]);
      };
      checks.add(check);
      check();
      void finished.then(() =>
        fail(new Error(`It ended without printing ${String(text)}: ${texts.stdout}${texts.stderr}`)),
      );
    });
  return {
    finished,
    prints: (text) => waitFor("stdout", text),
    printsError: (text) => waitFor("stderr", text),
  };
}

export const realClock: Clock = {
  now: () => Date.now(),
  setTimeout: (callback, ms) => setTimeout(callback, ms),
  clearTimeout: (timer) => clearTimeout(timer as NodeJS.Timeout),
};

/** A clock for tests on which time passes fast, and can be skipped. */
export interface FastClock extends Clock {
  /** Lets so many milliseconds pass immediately. */
  readonly skip: (ms: number) => void;
}

/**
 * Returns a clock on which so many milliseconds pass per turn of the event loop, and at most per millisecond. While the
 * process gets no processor time, its time stands still, so that no timeout runs out on a loaded machine before the work
 * that it is for.
 */
export function fastClock(factor: number): FastClock {
  const timers = new Map<object, { readonly callback: () => void; readonly due: number }>();
  let now = Date.now();
  let ticker: NodeJS.Timeout | undefined;
  const advance = (ms: number): void => {
    now += ms;
    const due = [...timers]
      .filter(([, timer]) => timer.due <= now)
      .sort(([, one], [, other]) => one.due - other.due);
    for (const [timer, { callback }] of due) if (timers.delete(timer)) callback();
    if (timers.size > 0) return;
    clearInterval(ticker);
    ticker = undefined;
  };
  return {
    now: () => now,
    setTimeout(callback, ms) {
      const timer = {};
      timers.set(timer, { callback, due: now + ms });
      ticker ??= setInterval(advance, 1, factor);
      return timer;
    },
    clearTimeout: (timer) => void timers.delete(timer as object),
    skip: advance,
  };
}
