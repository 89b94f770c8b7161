import type { ReadStream, WriteStream } from "node:tty";
import { runBot } from "../bot/index.ts";
import { createDesk, type Desk, type StopReason } from "../index.ts";
import { autoScript } from "./auto-script.ts";
import { lossReasonText } from "./connection-text.ts";
import { embeddedServer, remoteServer, type DeskServer } from "./desk-server.ts";
import { Ending } from "./ending.ts";
import { CommandFailure } from "./failure.ts";
import { jsonLines } from "./json-lines.ts";
import { KeyboardDesk } from "./keyboard-desk.ts";
import { Labels } from "./labels.ts";
import { Log } from "./log.ts";
import { paintFor } from "./paint.ts";
import { recordToFile } from "./record-to-file.ts";
import { follow, followBot, together, type Operate, type Reporter } from "./reporter.ts";
import { Tally } from "./tally.ts";

/** The options of the command `desk`. */
export interface DeskCommandOptions {
  readonly url?: string;
  readonly user?: string;
  readonly channels: readonly string[];
  /** Milliseconds. */
  readonly for?: number;
  readonly auto?: boolean;
  readonly json?: boolean;
  readonly allowInsecureHttp?: boolean;
  /** The file that a recording goes to. */
  readonly record?: string;
  readonly includeCustomerData?: boolean;
}

/** The streams and variables of the process. */
export interface Surroundings {
  readonly stdin: ReadStream;
  readonly stdout: WriteStream;
  readonly stderr: WriteStream;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** How long the bot may take to finish what is under way, and again to hand back the rest, in milliseconds. */
const patience = 3000;

/** The command `desk`: a live desk until time is up, it is interrupted, or the server refuses. */
export async function runDesk(options: DeskCommandOptions, surroundings: Surroundings): Promise<number> {
  const { stdin, stdout, stderr } = surroundings;
  const isByHand = options.auto !== true && options.json !== true;
  if (isByHand && !(stdin.isTTY && stdout.isTTY)) {
    throw new CommandFailure(2, "Without a terminal there are no keys: add --auto, or --json to watch only.");
  }
  const { record: file, includeCustomerData = false } = options;
  if (includeCustomerData && file === undefined) {
    throw new CommandFailure(2, "--include-customer-data says how to record: give --record FILE as well.");
  }
  const server = await openServer(options, surroundings);
  const ending = new Ending();
  const tally = new Tally();
  let endRecording: (() => Promise<void>) | undefined;
  try {
    const desk = createDesk({ link: server.link });
    if (file !== undefined) endRecording = await recordToFile(desk, { file, includeCustomerData, stderr });
    const labels = new Labels();
    const began = Date.now();
    const write = (line: string): void => void stdout.write(line);
    const reporters: Reporter[] = [tally];
    const nickname = nameFrom(server.user);
    const keyboard = isByHand
      ? new KeyboardDesk({ desk, stdin, stdout, labels, ending, nickname, title: server.title })
      : undefined;
    if (keyboard !== undefined) reporters.push(keyboard);
    else if (options.json === true) reporters.push(jsonLines(write, Date.now));
    else
      reporters.push(new Log({ write, labels, paint: paintFor(stdout), elapsed: () => Date.now() - began }));
    const reporter = together(reporters);
    const operate = follow(desk, reporter);
    ending.onInterrupt(() => {
      if (keyboard === undefined) stderr.write("Ending the work; Ctrl-C again ends at once.\n");
    });
    // Nobody reads any more.
    stdout.once("error", ending.request);
    await work({ desk, server, ending, operate, keyboard, nickname, reporter }, options);
    if (!tally.wasLive && ending.isTimeUp) {
      const why = tally.lossReason === null ? "" : `: ${lossReasonText[tally.lossReason]}`;
      throw new CommandFailure(1, `The desk was never Live${why}.`);
    }
    if (options.json !== true) stdout.write(`\n${tally.lines().join("\n")}\n`);
    return 0;
  } finally {
    ending.forget();
    await endRecording?.();
    await server.close();
  }
}

interface Work {
  readonly desk: Desk;
  readonly server: DeskServer;
  readonly ending: Ending;
  readonly operate: Operate;
  readonly keyboard: KeyboardDesk | undefined;
  readonly nickname: string;
  readonly reporter: Required<Reporter>;
}

async function work(
  { desk, server, ending, operate, keyboard, nickname, reporter }: Work,
  { auto, channels, for: duration }: DeskCommandOptions,
): Promise<void> {
  keyboard?.open(operate);
  try {
    server.play(desk, reporter.told, ending.signal);
    if (duration !== undefined) ending.after(duration);
    desk.connection.subscribe(({ state }) => {
      if (state === "Stopped") ending.request();
    });
    const onEvent = followBot(desk, reporter);
    // The bot starts the desk, and stops it.
    const bot =
      auto === true ? runBot(autoScript(nickname, channels), { desk, name: nickname, onEvent }) : undefined;
    // Why it failed is told by the connection as well.
    if (bot === undefined) desk.start({ channels }).catch(() => {});
    await ending.wait();
    if (desk.connection.state !== "Stopped") {
      reporter.told("The work ends: nothing new is taken, and what is under way is finished.");
      await bot?.stop({ within: patience });
      await keyboard?.end();
    }
    await desk.stop();
    const { stopReason } = desk.connection;
    if (stopReason !== null && stopReason !== "stop") throw new CommandFailure(1, refusals[stopReason]);
  } finally {
    keyboard?.close();
  }
}

async function openServer(options: DeskCommandOptions, surroundings: Surroundings): Promise<DeskServer> {
  const { url, user, allowInsecureHttp = false } = options;
  if (url === undefined) {
    if (user !== undefined) throw new CommandFailure(2, "--user belongs to a server: give --url as well.");
    return embeddedServer(options.channels, options.auto === true);
  }
  if (user === undefined) throw new CommandFailure(2, "Who are you there? Give --user as well as --url.");
  return remoteServer({ url, user, allowInsecureHttp: allowInsecureHttp }, surroundings);
}

const refusals: Readonly<Record<Exclude<StopReason, "stop">, string>> = {
  "authentication-failed": "The server refused user or password. Check --user and DESKSTATE_PASSWORD.",
  "connection-refused": "The server told this client not to come back.",
};

/** What customers see of an agent: the user name without what follows an @, with a capital. */
function nameFrom(user: string): string {
  const name = user.split("@")[0] || user;
  return name.charAt(0).toUpperCase() + name.slice(1);
}
