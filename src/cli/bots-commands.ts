import { Option, type Command } from "commander";
import {
  metricKinds,
  runBots,
  runMerge,
  shardArgument,
  thresholdsArgument,
  type BotsOptions,
  type CommandIO,
  type MergeOptions,
} from "../load/index.ts";
import {
  durationArgument,
  durationOrZeroArgument,
  rateArgument,
  seedArgument,
  wholeNumberArgument,
  withDefault,
} from "./arguments.ts";

const metricsHelp = `
Metrics for --expect (durations have a unit: ms, s or m; shares have %):
${metricKinds.map(({ name, kind, meaning }) => `  ${name} (${kind}):\n      ${meaning}`).join("\n")}
`;

const expectOption = new Option(
  "--expect <threshold>",
  "such as 'offer_accept_p95<500ms'; repeatable; exit code 1 when it is not met",
).argParser(thresholdsArgument);

/** Adds the commands `bots` and `bots merge`. */
export function addBotsCommands(program: Command, io: CommandIO, done: (exitCode: number) => void): void {
  const bots = program
    .command("bots")
    .summary("run many scripted agents, and report the results")
    .description(
      "Runs a bot script (TypeScript or JavaScript) at many desks; without --url at a simulator with its own customers.\n" +
        "Passwords come from --users, or from DESKSTATE_PASSWORD, in which {user} stands for the name of the user.\n" +
        "Ctrl-C once lets the bots finish, twice stops them.",
    )
    .argument("<script>", "a file whose default export is a bot, from defineBot of deskstate/bot")
    .option(
      "--agents <number>",
      "number of agents; default all of --user or --users, or 10",
      wholeNumberArgument(1, 10_000),
    )
    .option("--url <url>", "base of the API, such as https://gws.example.com/api/v2")
    .option("--user <pattern>", "the agents at --url, such as agent{1..1000}")
    .addOption(
      new Option("--users <file>", "CSV with the columns user and password, for --url").conflicts("user"),
    )
    .option("--allow-insecure-http", "send passwords over plain http to another machine")
    .option(
      "--ramp <duration>",
      "time over which the starts are spread; default 30ms per agent",
      durationOrZeroArgument,
    )
    .option("--for <duration>", "how long, such as 90s or 5m; default until Ctrl-C", durationArgument)
    .addOption(
      withDefault(
        "--drain <duration>",
        "time for the bots to finish their work",
        durationOrZeroArgument,
        "30s",
      ),
    )
    .option("--seed <number>", "determines all choices of the bots", seedArgument, 1)
    .addOption(
      withDefault(
        "--shard <number/of>",
        "the part of the agents that this process runs, such as 2/8",
        shardArgument,
        "1/1",
      ),
    )
    .option("--report <file>", "write a report as JSON")
    .addOption(expectOption)
    .addOption(
      new Option("--rate <number>", "customers per minute at the simulator; default 1 per agent")
        .argParser(rateArgument)
        .conflicts("url"),
    )
    .addOption(
      new Option(
        "--offer-timeout <duration>",
        "time until the simulator revokes an offer; 0s is never; default 15s",
      )
        .argParser(durationOrZeroArgument)
        .conflicts("url"),
    )
    .addHelpText("after", metricsHelp)
    .action(async (script: string, options: BotsOptions) => done(await runBots(script, options, io)));

  bots
    .command("merge")
    .summary("merge the reports of the shards of a run")
    .description("Merges the reports of the shards of one run.")
    .argument("<reports...>", "the JSON reports, one per shard")
    .option("--report <file>", "write the sum as JSON")
    .option("--partial", "also when shards are missing")
    .addOption(expectOption)
    .action(async (_: string[], __: MergeOptions, command: Command) =>
      // The command above takes an option that both commands have.
      done(await runMerge(command.args, command.optsWithGlobals<MergeOptions>(), io)),
    );
}
