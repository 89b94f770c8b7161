import { createRequire } from "node:module";
import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { addBotsCommands } from "./bots/commands.ts";
import { runDesk, type DeskCommandOptions, type Surroundings } from "./desk-command.ts";
import { durationArgument, durationOrZeroArgument } from "./duration.ts";
import { CommandFailure } from "./failure.ts";
import { plain } from "./plain-text.ts";
import { runReplay, type ReplayCommandOptions } from "./replay-command.ts";
import { runSimulate, type SimulateCommandOptions } from "./simulate-command.ts";

/**
 * Runs a command line. What goes wrong is told in one line: a stack trace helps nobody there and may quote customers.
 *
 * @returns the exit code: 0 done, 1 it did not work out, 2 it was asked for in a wrong way.
 */
export async function runCommandLine(args: readonly string[], surroundings: Surroundings): Promise<number> {
  let exitCode = 0;
  try {
    refuseSecrets(args);
    const program = createProgram(surroundings, (code) => {
      exitCode = code;
    });
    await program.parseAsync(args, { from: "user" });
    return exitCode;
  } catch (error) {
    // Commander has said it already; help and version are no failures.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    surroundings.stderr.write(failureLine(error));
    return error instanceof CommandFailure ? error.exitCode : 1;
  }
}

/** What went wrong, in one line. */
export function failureLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return `deskstate: ${plain(message.split("\n", 1)[0] ?? "")}\n`;
}

function createProgram(surroundings: Surroundings, done: (exitCode: number) => void): Command {
  const program = new Command("deskstate")
    .description("The live state of an agent's desk at Genesys Web Services, in a terminal.")
    .version(version())
    .showSuggestionAfterError()
    .showHelpAfterError("(--help shows what there is)")
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void surroundings.stdout.write(text),
      writeErr: (text) => void surroundings.stderr.write(text),
      // Commander quotes what it does not know; whatever stands after "=" may be a secret.
      outputError: (text, write) => write(text.replace(/=.*'/s, "=…'")),
    });

  program
    .command("desk")
    .summary("a live desk in the terminal")
    .description(
      "A live desk in the terminal; without --url at a simulated contact centre inside this process.\n" +
        "The password for --url is taken from DESKSTATE_PASSWORD, or asked for.",
    )
    .option("--url <url>", "base of the API, such as https://gws.example.com/api/v2")
    .option("--user <name>", "the agent's user name at --url")
    .addOption(
      new Option("--channels <names>", "channels to work on, with commas between")
        .argParser(namesArgument)
        .default(["email", "chat"], "email,chat"),
    )
    .option("--for <duration>", "how long, such as 20s or 5m; default until Ctrl-C", durationArgument)
    .option("--auto", "accept, answer and finish without anybody at the keys")
    .option("--json", "print one JSON object per change; without --auto it only watches")
    .option("--allow-insecure-http", "send the password over plain http to another machine")
    .option(
      "--record <file>",
      "record everything that happens to a new file, without what customers wrote or are",
    )
    .option("--include-customer-data", "record what customers wrote and are called as well")
    .action(async (options: DeskCommandOptions) => done(await runDesk(options, surroundings)));

  program
    .command("simulate")
    .summary("a simulated contact centre to connect desks to")
    .description("A simulated contact centre to connect desks to. It says how, and runs until Ctrl-C.")
    .option("--port <number>", "port on 127.0.0.1; 0 is any that is free", wholeArgument(0, 65_535), 0)
    .option("--agents <number>", "how many agents there are", wholeArgument(1, 1000), 2)
    .option(
      "--seed <number>",
      "all names, texts and choices follow from it",
      wholeArgument(0, 4_294_967_295),
      1,
    )
    .option("--rate <number>", "customers per minute; 0 is none", rateArgument, 6)
    .addOption(
      new Option("--offer-timeout <duration>", "when an offer is taken back; 0s is never")
        .argParser(durationOrZeroArgument)
        .default(15_000, "15s"),
    )
    .option("--no-csrf", "ask for no CSRF token")
    .action(async (options: SimulateCommandOptions) => done(await runSimulate(options, surroundings)));

  program
    .command("replay")
    .summary("print what recorded messages, or a recording, come to")
    .description(
      "Feeds recorded messages to a desk, file by file, and prints what it holds in the end.\n" +
        "Or replays one recording, as desk --record makes them, and prints the desk as it stood.",
    )
    .argument(
      "<files...>",
      "JSON: an array of messages, one message, or one of the two per line; or one recording; - is standard input",
    )
    .option(
      "--at <ms>",
      "of a recording: stop so many milliseconds after its beginning",
      wholeArgument(0, 9_999_999_999),
    )
    .option("--until-anomaly", "of a recording: stop at the first thing that was odd")
    .option("--json", "print one JSON document")
    .action(async (files: string[], options: ReplayCommandOptions) =>
      done(await runReplay(files, options, surroundings)),
    );

  addBotsCommands(program, { ...surroundings, version: version(), done, wholeArgument, rateArgument });

  return program;
}

/** @throws CommandFailure when an argument would carry a secret, which every user of the machine could then read. */
function refuseSecrets(args: readonly string[]): void {
  if (args.some((argument) => /^--?(password|passwd|pass|pwd|secret|token)(=|$)/i.test(argument))) {
    throw new CommandFailure(
      2,
      "A password is no argument, others could read it: set DESKSTATE_PASSWORD, or leave it out to be asked.",
    );
  }
}

function namesArgument(text: string): string[] {
  const names = [...new Set(text.split(",").map((name) => name.trim()))];
  if (names.every((name) => /^[\w-]{1,64}$/.test(name))) return names;
  throw new InvalidArgumentError("Expected names of channels with commas between, such as email,chat.");
}

function wholeArgument(least: number, most: number): (text: string) => number {
  return (text) => {
    const number = /^\d{1,10}$/.test(text) ? Number(text) : NaN;
    if (number >= least && number <= most) return number;
    throw new InvalidArgumentError(`Expected a whole number from ${least} to ${most}.`);
  };
}

function rateArgument(text: string): number {
  const rate = /^\d{1,5}(\.\d{1,3})?$/.test(text) ? Number(text) : NaN;
  if (rate >= 0 && rate <= 6000) return rate;
  throw new InvalidArgumentError("Expected a number from 0 to 6000.");
}

/** The package finds itself by its name, from its sources and when it is built. */
function version(): string {
  const { version: text } = createRequire(import.meta.url)("deskstate/package.json") as { version: string };
  return text;
}
