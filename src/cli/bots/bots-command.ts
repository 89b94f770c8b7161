import type { Script } from "../../bot/index.ts";
import type { Link } from "../../index.ts";
import { gws } from "../../links/gws/index.ts";
import type { Surroundings } from "../desk-command.ts";
import { makeLink } from "../desk-server.ts";
import { CommandFailure } from "../failure.ts";
import { findAccounts, type Account } from "./accounts.ts";
import { loadScript } from "./load-script.ts";
import { Meter } from "./meter.ts";
import { Progress } from "./progress.ts";
import { checkPlace, reportFiles, writeReport } from "./report-file.ts";
import { reportFormat, reportVersion, type BotsReport } from "./report.ts";
import { runFleet, type FleetResult } from "./run-fleet.ts";
import { handshakeSpread, startersOf, type Shard } from "./shard.ts";
import { startSimulator, type SimulatorProcess } from "./simulator-process.ts";
import { summaryText } from "./summary.ts";
import { judge, type Threshold } from "./threshold.ts";

/** The options of the command `bots`. Durations are in milliseconds. */
export interface BotsCommandOptions {
  readonly agents?: number;
  readonly url?: string;
  readonly user?: string;
  readonly users?: string;
  readonly allowInsecureHttp?: boolean;
  readonly ramp?: number;
  readonly for?: number;
  readonly drain: number;
  readonly seed: number;
  readonly shard: Shard;
  readonly report?: string;
  readonly expect?: readonly Threshold[];
  readonly rate?: number;
  readonly offerTimeout?: number;
}

const defaultAgents = 10;
/** Milliseconds for each agent, so that a thousand handshakes do not come at once. */
const defaultRamp = 30;
/** Each agent of a simulator of our own has a customer a minute. */
const defaultRate = 1;
const defaultOfferTimeout = 15_000;

/** The command `bots`: a fleet of bots until time is up, it is interrupted, or all are through. */
export async function runBots(
  file: string,
  options: BotsCommandOptions,
  surroundings: Surroundings & { readonly version: string },
): Promise<number> {
  const { report: place, shard, seed, expect = [] } = options;
  const files = place === undefined ? undefined : reportFiles(place);
  checkOptions(options);
  const loaded = await loadScript(file);
  if (files !== undefined) await checkPlace(files);
  const server = await openServer(options, loaded.script, surroundings);
  try {
    const { accounts } = server;
    const starters = startersOf(accounts, shard, options.ramp ?? accounts.length * defaultRamp, seed);
    if (starters.length === 0) {
      throw new CommandFailure(
        2,
        `Shard ${shard.number}/${shard.of} has no agents: there are ${accounts.length}.`,
      );
    }
    const spread = handshakeSpread(starters.length);
    const meter = new Meter();
    const progress = new Progress(surroundings.stderr, meter, starters.length);
    const result = await runFleet({
      fleet: {
        script: loaded.script,
        starters,
        seed,
        link: (account) => server.link(account, spread),
        meter,
      },
      note: (text) => progress.note(text),
      simulator: server.simulator,
      for: options.for,
      drain: options.drain,
    }).finally(() => progress.end());
    const bare: BotsReport = {
      format: reportFormat,
      version: reportVersion,
      deskstate: surroundings.version,
      script: { name: loaded.name, digest: loaded.digest },
      seed,
      server: options.url ?? "simulator",
      shards: { of: shard.of, done: [shard.number] },
      agents: { all: accounts.length, here: starters.length },
      ...outcome(result, meter, shard),
      verdicts: [],
    };
    const report = { ...bare, verdicts: expect.map((threshold) => judge(bare, threshold)) };
    surroundings.stdout.write(summaryText(report, surroundings.stdout));
    if (files !== undefined) await writeReport(files, report);
    return exitCode(report);
  } finally {
    await server.simulator?.stop();
  }
}

function outcome(result: FleetResult, meter: Meter, { number: shard }: Shard) {
  const { began, ended, ending, unaccounted, cpu, memory, lateness } = result;
  const { counts, durations, series, endings, anomalies, failures } = meter;
  return {
    began: new Date(began).toISOString(),
    ended: new Date(ended).toISOString(),
    ending,
    counts,
    durations: {
      offer_accept: durations.offer_accept.data(),
      accept: durations.accept.data(),
      send_echo: durations.send_echo.data(),
      connect: durations.connect.data(),
      reconnect: durations.reconnect.data(),
    },
    endings: Object.fromEntries(endings),
    anomalies: Object.fromEntries(anomalies),
    failures,
    unaccounted,
    processes: [{ shard, cpu, memory, lateness }],
    series: series.data(),
  };
}

/** 0 when the run is what it was to be, 1 when it is not, 130 when it was cut off. */
export function exitCode({ ending, counts, verdicts }: BotsReport): number {
  if (counts.live_most === 0)
    throw new CommandFailure(1, "No bot was ever Live. The failures above say why.");
  if (ending === "server-gone") throw new CommandFailure(1, "The simulator ended during the run.");
  if (ending === "time" && counts.live_at_end === 0) {
    throw new CommandFailure(1, "No bot was Live any more at the end: the server cannot be reached.");
  }
  if (ending === "cut") return 130;
  return verdicts.every(({ isMet }) => isMet) ? 0 : 1;
}

function checkOptions({ url, user, users, shard, rate, offerTimeout }: BotsCommandOptions): void {
  if (url === undefined && (user !== undefined || users !== undefined)) {
    throw new CommandFailure(2, "--user and --users belong to a server: give --url as well.");
  }
  if (url === undefined && shard.of > 1) {
    throw new CommandFailure(2, "Shards share a server: give --url as well.");
  }
  if (url !== undefined && (rate !== undefined || offerTimeout !== undefined)) {
    throw new CommandFailure(
      2,
      "--rate and --offer-timeout belong to a simulator: leave them out with --url.",
    );
  }
}

interface BotsServer {
  readonly accounts: readonly Account[];
  readonly link: (account: Account, handshakeSpread: number) => Link;
  readonly simulator?: SimulatorProcess;
}

async function openServer(
  options: BotsCommandOptions,
  script: Script,
  surroundings: Surroundings,
): Promise<BotsServer> {
  const { agents, url, allowInsecureHttp = false } = options;
  if (url === undefined) return openSimulator(options, script);
  // What is wrong with the address is said before anybody is asked for a password.
  makeLink({ url, allowInsecureHttp: allowInsecureHttp, credentials: { user: "agent", password: "" } });
  const accounts = await findAccounts(options, surroundings);
  if (agents !== undefined && agents > accounts.length) {
    throw new CommandFailure(2, `There are only ${accounts.length} accounts for ${agents} agents.`);
  }
  return {
    accounts: accounts.slice(0, agents),
    link: (credentials, spread) =>
      gws({ url, allowInsecureHttp: allowInsecureHttp, credentials, handshakeSpread: spread }),
  };
}

async function openSimulator(options: BotsCommandOptions, script: Script): Promise<BotsServer> {
  const {
    agents = defaultAgents,
    seed,
    rate = agents * defaultRate,
    offerTimeout = defaultOfferTimeout,
  } = options;
  const works = { email: script.email !== undefined, chat: script.chat !== undefined };
  const named = script.channels ?? ["email", "chat"].filter((name) => works[name as keyof typeof works]);
  const channels = (["email", "chat"] as const).filter((name) => named.includes(name));
  if (channels.length === 0) {
    throw new CommandFailure(
      2,
      "The simulator has the channels email and chat only, and the script works on neither.",
    );
  }
  const simulator = await startSimulator({ agents, seed, rate, offerTimeout, channels });
  const { url, accounts } = simulator;
  return {
    accounts,
    simulator,
    link: (credentials, spread) => gws({ url, credentials, handshakeSpread: spread }),
  };
}
