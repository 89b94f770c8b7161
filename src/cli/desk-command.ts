import { once } from "node:events";
import { runBot } from "../bot/index.ts";
import { createDesk, type Desk, type StopReason } from "../index.ts";
import { colorsFor, CommandFailure, listenForShutdown, type CommandIO } from "../load/index.ts";
import { lossReasonText } from "../text/index.ts";
import { autoScript } from "./auto-script.ts";
import { openServer, type DeskServer, type DeskServerOptions } from "./desk-server.ts";
import { jsonLines } from "./json.ts";
import { Log } from "./log.ts";
import { recordToFile } from "./record-to-file.ts";
import { reportBot, reportDesk, type Reporter } from "./reporter.ts";
import { Tally } from "./tally.ts";

/** The options of the command `desk`. */
export interface DeskCommandOptions extends DeskServerOptions {
  /** Milliseconds. */
  readonly for?: number;
  readonly json?: boolean;
  /** The file for a recording. */
  readonly record?: string;
  readonly includeCustomerData?: boolean;
}

/** Milliseconds for the bot to finish its work, and again to hand back the rest. */
const stopTimeout = 3000;

/** Follows a desk until the time is up, it is interrupted, or the server refuses. @returns 0 */
export async function runDesk(options: DeskCommandOptions, io: CommandIO): Promise<number> {
  const { record: file, includeCustomerData = false } = options;
  if (includeCustomerData && file === undefined) {
    throw new CommandFailure(
      2,
      "--include-customer-data belongs to a recording: give --record FILE as well.",
    );
  }
  const { stdout, stderr, clock } = io;
  const server = await openServer(options, io);
  const { stages, dispose } = listenForShutdown(io, 1);
  const timeUp = new AbortController();
  const timer = options.for === undefined ? undefined : clock.setTimeout(() => timeUp.abort(), options.for);
  let endRecording: (() => Promise<void>) | undefined;
  try {
    const desk = createDesk({ link: server.link, clock });
    if (file !== undefined) endRecording = await recordToFile(desk, { file, includeCustomerData, stderr });
    stages[0]?.addEventListener("abort", () => {
      stderr.write("Finishing the work; Ctrl-C again ends it immediately.\n");
    });
    const tally = new Tally();
    const print = createPrinter(options, io);
    const report: Reporter = (event) => {
      tally.report(event);
      print(event);
    };
    await work(desk, server, options, { io, report, signal: AbortSignal.any([...stages, timeUp.signal]) });
    if (!tally.wasLive && timeUp.signal.aborted) {
      const reason = tally.lossReason === null ? "" : `: ${lossReasonText(tally.lossReason)}`;
      throw new CommandFailure(1, `The desk was never Live${reason}.`);
    }
    if (options.json !== true) stdout.write(`\n${tally.lines().join("\n")}\n`);
    return 0;
  } finally {
    clock.clearTimeout(timer);
    dispose();
    await endRecording?.();
    await server.close?.();
  }
}

function createPrinter({ json }: DeskCommandOptions, { stdout, clock }: CommandIO): Reporter {
  const start = clock.now();
  const write = (line: string): void => void stdout.write(line);
  if (json === true) return jsonLines(write, () => clock.now());
  return new Log({ write, colorize: colorsFor(stdout), elapsed: () => clock.now() - start }).report;
}

interface WorkOptions {
  readonly io: CommandIO;
  readonly report: Reporter;
  /** Ends the work. */
  readonly signal: AbortSignal;
}

async function work(
  desk: Desk,
  { user, play }: DeskServer,
  { auto, channels }: DeskCommandOptions,
  { io: { stdout, clock }, report, signal }: WorkOptions,
): Promise<void> {
  const log = (text: string): void => report({ type: "scenario", text });
  const interrupted = new AbortController();
  const end = AbortSignal.any([signal, interrupted.signal]);
  // The reader of the output went away.
  stdout.once("error", () => interrupted.abort());
  reportDesk(desk, report);
  desk.connection.subscribe(({ state }) => {
    if (state === "Stopped") interrupted.abort();
  });
  play?.(desk, log, end);
  const name = displayName(user);
  // The bot starts and stops the desk. The connection reports a failed start.
  const bot =
    auto === true
      ? runBot(autoScript(name, channels), { desk, name, clock, onEvent: reportBot(desk, report) })
      : void desk.start({ channels }).catch(() => {});
  if (!end.aborted) await once(end, "abort");
  if (desk.connection.state !== "Stopped") {
    log("The work ends: the agent accepts no more offers and finishes the rest.");
    await bot?.stop({ within: stopTimeout });
  }
  await desk.stop();
  const { stopReason } = desk.connection;
  if (stopReason !== null && stopReason !== "stop") throw new CommandFailure(1, refusals[stopReason]);
}

const refusals: Readonly<Record<Exclude<StopReason, "stop">, string>> = {
  "authentication-failed":
    "The server refused the user name or the password. Check --user and DESKSTATE_PASSWORD.",
  "connection-refused": "The server refuses this client.",
};

/** Returns the name that customers see: the user name without the part after an @, capitalized. */
function displayName(user: string): string {
  const name = user.split("@")[0] || user;
  return name.charAt(0).toUpperCase() + name.slice(1);
}
