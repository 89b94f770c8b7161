import { Command, CommanderError, Option } from "commander";
import { standardKinds } from "../index.ts";
import { CommandFailure, packageVersion, type CommandIO } from "../load/index.ts";
import { sanitizeLine } from "../text/index.ts";
import {
  durationArgument,
  durationOrZeroArgument,
  namesArgument,
  rateArgument,
  seedArgument,
  wholeNumberArgument,
  withDefault,
} from "./arguments.ts";
import { addBotsCommands } from "./bots-commands.ts";
import { runDesk, type DeskCommandOptions } from "./desk-command.ts";
import { runReplay, type ReplayCommandOptions } from "./replay-command.ts";
import { runSimulate, type SimulateCommandOptions } from "./simulate-command.ts";

/**
 * Runs a command line. Errors print as one line; stack traces are omitted because they may contain customer data.
 *
 * @returns the exit code: 0 success, 1 failure, 2 incorrect usage.
 */
export async function runCommandLine(args: readonly string[], io: CommandIO): Promise<number> {
  let exitCode = 0;
  try {
    refuseSecrets(args);
    const program = createProgram(io, (code) => {
      exitCode = code;
    });
    await program.parseAsync(args, { from: "user" });
    return exitCode;
  } catch (error) {
    // Commander has printed it already; help and version are not failures.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    io.stderr.write(failureLine(error));
    return error instanceof CommandFailure ? error.exitCode : 1;
  }
}

/** Returns a failure as one line. */
export function failureLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return `deskstate: ${sanitizeLine(message.split("\n", 1)[0] ?? "")}\n`;
}

/** The channels of the kinds that a desk knows, as an argument. */
const channels = standardKinds.flatMap((kind) => kind.channels).join(",");

function createProgram(io: CommandIO, done: (exitCode: number) => void): Command {
  const program = new Command("deskstate")
    .description("The live state of an agent's desk at Genesys Web Services, in a terminal.")
    .version(packageVersion())
    .showSuggestionAfterError()
    .showHelpAfterError("(--help lists commands and options)")
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void io.stdout.write(text),
      writeErr: (text) => void io.stderr.write(text),
      // Commander quotes unknown arguments; the part after "=" may be a secret.
      outputError: (text, write) => write(text.replace(/=.*'/s, "=…'")),
    });

  program
    .command("desk")
    .summary("follow a live desk, line by line")
    .description(
      "Follows a live desk, line by line; without --url at a simulated contact centre inside this process.\n" +
        "The password for --url is taken from DESKSTATE_PASSWORD, or asked for.",
    )
    .option("--url <url>", "base of the API, such as https://gws.example.com/api/v2")
    .option("--user <name>", "the agent's user name at --url")
    .addOption(
      withDefault("--channels <names>", "channels, separated by commas", namesArgument(channels), channels),
    )
    .option("--for <duration>", "how long, such as 20s or 5m; default until Ctrl-C", durationArgument)
    .option("--auto", "let a bot accept, answer and finish")
    .option("--json", "print one JSON object per change")
    .option("--allow-insecure-http", "send the password over plain http to another machine")
    .option("--record <file>", "record everything to a new file, without customer data")
    .option("--include-customer-data", "record customer data as well")
    .action(async (options: DeskCommandOptions) => done(await runDesk(options, io)));

  program
    .command("simulate")
    .summary("run a simulated contact centre")
    .description("Runs a simulated contact centre until Ctrl-C, and prints how to connect desks to it.")
    .option("--port <number>", "port on 127.0.0.1; 0 is any free one", wholeNumberArgument(0, 65_535), 0)
    .option("--agents <number>", "number of agents", wholeNumberArgument(1, 1000), 2)
    .option("--seed <number>", "determines all names, texts and choices", seedArgument, 1)
    .option("--rate <number>", "customers per minute; 0 is none", rateArgument, 6)
    .addOption(
      withDefault(
        "--offer-timeout <duration>",
        "time until an offer is revoked; 0s is never",
        durationOrZeroArgument,
        "15s",
      ),
    )
    .option("--no-csrf", "require no CSRF token")
    .action(async (options: SimulateCommandOptions) => done(await runSimulate(options, io)));

  program
    .command("replay")
    .summary("print the desk that recorded messages, or a recording, lead to")
    .description(
      "Feeds recorded messages to a desk, file by file, and prints its final state.\n" +
        "Or replays one recording, as desk --record writes them, and prints the desk as it was.",
    )
    .argument(
      "<files...>",
      "JSON: an array of messages, one message, or one of the two per line; or one recording; - is standard input",
    )
    .option(
      "--at <ms>",
      "of a recording: stop so many milliseconds after its beginning",
      wholeNumberArgument(0, 9_999_999_999),
    )
    .addOption(new Option("--until-anomaly", "of a recording: stop at the first anomaly").conflicts("at"))
    .option("--json", "print one JSON document")
    .action(async (files: string[], options: ReplayCommandOptions) =>
      done(await runReplay(files, options, io)),
    );

  addBotsCommands(program, io, done);
  return program;
}

/** @throws CommandFailure when an argument has a secret, because every user of the machine can read arguments. */
function refuseSecrets(args: readonly string[]): void {
  if (args.some((argument) => /^--?(password|passwd|pass|pwd|secret|token)(=|$)/i.test(argument))) {
    throw new CommandFailure(
      2,
      "A password must not be an argument, because others can read it: set DESKSTATE_PASSWORD, or omit it to be asked.",
    );
  }
}
