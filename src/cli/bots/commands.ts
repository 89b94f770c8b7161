import { Option, type Command } from "commander";
import type { Surroundings } from "../desk-command.ts";
import { durationArgument, durationOrZeroArgument } from "../duration.ts";
import { runBots, type BotsCommandOptions } from "./bots-command.ts";
import { runMerge, type MergeCommandOptions } from "./merge-command.ts";
import { metricKinds } from "./metrics.ts";
import { shardArgument } from "./shard.ts";
import { thresholdsArgument } from "./threshold.ts";

/** What the commands need of the program that they belong to. */
export interface BotsSurroundings extends Surroundings {
  readonly version: string;
  readonly done: (exitCode: number) => void;
  readonly wholeArgument: (least: number, most: number) => (text: string) => number;
  readonly rateArgument: (text: string) => number;
}

const metricsHelp = `
Metrics for --expect (durations have a unit: ms, s or m; shares have %):
${metricKinds.map(({ name, kind, meaning }) => `  ${name} (${kind}):\n      ${meaning}`).join("\n")}
`;

/** Adds the commands `bots` and `bots merge`. */
export function addBotsCommands(program: Command, surroundings: BotsSurroundings): void {
  const { done, wholeArgument, rateArgument } = surroundings;
  const bots = program
    .command("bots")
    .summary("many scripted agents, and what came of them")
    .description(
      "Runs a bot script (TypeScript or JavaScript) at many desks; without --url at a simulator with its own customers.\n" +
        "Passwords come from --users, or from DESKSTATE_PASSWORD, in which {user} stands for the name of the user.\n" +
        "Ctrl-C once lets the bots finish, twice stops them.",
    )
    .argument("<script>", "a file whose default export is a bot, from defineBot of deskstate/bot")
    .option(
      "--agents <number>",
      "how many; default all that --user or --users has, or 10",
      wholeArgument(1, 10_000),
    )
    .option("--url <url>", "base of the API, such as https://gws.example.com/api/v2")
    .option("--user <pattern>", "the agents at --url, such as agent{1..1000}")
    .option("--users <file>", "CSV with the columns user and password, for --url")
    .option("--allow-insecure-http", "send passwords over plain http to another machine")
    .option(
      "--ramp <duration>",
      "the starts are spread over this; default 30ms for each agent",
      durationOrZeroArgument,
    )
    .option("--for <duration>", "how long, such as 90s or 5m; default until Ctrl-C", durationArgument)
    .addOption(
      new Option("--drain <duration>", "time for the bots to finish what they have")
        .argParser(durationOrZeroArgument)
        .default(30_000, "30s"),
    )
    .option("--seed <number>", "all choices of the bots follow from it", wholeArgument(0, 4_294_967_295), 1)
    .addOption(
      new Option("--shard <which/of>", "which part of the agents this process runs, such as 2/8")
        .argParser(shardArgument)
        .default({ number: 1, of: 1 }, "1/1"),
    )
    .option("--report <file>", "write a report: JSON, and a page of HTML beside it");
  addExpect(bots)
    .option(
      "--rate <number>",
      "customers per minute at the simulator; default 1 for each agent",
      rateArgument,
    )
    .option(
      "--offer-timeout <duration>",
      "when the simulator takes an offer back; 0s is never; default 15s",
      durationOrZeroArgument,
    )
    .addHelpText("after", metricsHelp)
    .action(async (script: string, options: BotsCommandOptions) =>
      done(await runBots(script, options, surroundings)),
    );

  const merge = bots
    .command("merge")
    .summary("one report of the shards of a run")
    .description("Adds up the reports of the shards of one run.")
    .argument("<reports...>", "the JSON reports, one for each shard")
    .option("--report <file>", "write the sum: JSON, and a page of HTML beside it")
    .option("--partial", "also when shards are missing");
  addExpect(merge).action(async (_: string[], __: MergeCommandOptions, command: Command) =>
    // An option that both commands have is taken by the one above.
    done(await runMerge(command.args, command.optsWithGlobals<MergeCommandOptions>(), surroundings)),
  );
}

function addExpect(command: Command): Command {
  return command.option(
    "--expect <threshold>",
    "such as 'offer_accept_p95<500ms'; may be given several times; exit code 1 when it is not met",
    thresholdsArgument,
  );
}
