import type { Script } from "../bot/index.ts";
import type { Link } from "../index.ts";
import { findAccounts, type Account } from "./accounts.ts";
import type { CommandIO } from "./command-io.ts";
import { createLink } from "./create-link.ts";
import { exitCode } from "./exit-code.ts";
import { CommandFailure } from "./failure.ts";
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
import { packageVersion } from "./version.ts";

/** The options of the command `bots`. Durations are in milliseconds. */
export interface BotsOptions {
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
  /** Customers per minute. */
  readonly rate?: number;
  readonly offerTimeout?: number;
}

const defaultAgents = 10;
/** Milliseconds per agent, so that a thousand handshakes do not arrive in the same moment. */
const defaultRamp = 30;

/** Runs a fleet of bots until the time is up, it is interrupted, or all bots have stopped. @returns the exit code. */
export async function runBots(file: string, options: BotsOptions, io: CommandIO): Promise<number> {
  const { report: place, shard, seed, expect = [] } = options;
  const files = place === undefined ? undefined : reportFiles(place);
  checkOptions(options);
  const loaded = await loadScript(file);
  if (files !== undefined) await checkPlace(files);
  const server = await openServer(options, loaded.script, io);
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
    const progress = new Progress(io, meter, starters.length);
    const result = await runFleet({
      fleet: {
        script: loaded.script,
        starters,
        seed,
        link: (account) => server.link(account, spread),
        meter,
        clock: io.clock,
      },
      log: (text) => progress.log(text),
      signals: io.signals,
      simulator: server.simulator,
      for: options.for,
      drain: options.drain,
    }).finally(() => progress.end());
    const measured: BotsReport = {
      format: reportFormat,
      version: reportVersion,
      deskstate: packageVersion(),
      script: { name: loaded.name, digest: loaded.digest },
      seed,
      server: options.url ?? "simulator",
      shards: { of: shard.of, done: [shard.number] },
      agents: { all: accounts.length, here: starters.length },
      ...resultOf(result, meter, shard),
      verdicts: [],
    };
    const report = { ...measured, verdicts: expect.map((threshold) => judge(measured, threshold)) };
    io.stdout.write(summaryText(report, io.stdout));
    if (files !== undefined) await writeReport(files, report);
    return exitCode(report);
  } finally {
    await server.simulator?.stop();
  }
}

function resultOf(result: FleetResult, meter: Meter, { number: shard }: Shard) {
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

function checkOptions({ url, user, users, shard, rate, offerTimeout }: BotsOptions): void {
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

async function openServer(options: BotsOptions, script: Script, io: CommandIO): Promise<BotsServer> {
  const { agents, url, allowInsecureHttp = false } = options;
  if (url === undefined) return openSimulator(options, script);
  const link: BotsServer["link"] = (credentials, spread) =>
    createLink({ url, allowInsecureHttp, credentials, handshakeSpread: spread });
  // An invalid address is reported before the terminal asks for a password.
  link({ user: "agent", password: "" }, 0);
  const accounts = await findAccounts(options, io);
  if (agents !== undefined && agents > accounts.length) {
    throw new CommandFailure(2, `There are only ${accounts.length} accounts for ${agents} agents.`);
  }
  return { accounts: accounts.slice(0, agents), link };
}

/** By default each agent of the simulator has a customer a minute. */
async function openSimulator(options: BotsOptions, script: Script): Promise<BotsServer> {
  const { agents = defaultAgents, seed, rate = agents, offerTimeout = 15_000 } = options;
  const channels = (["email", "chat"] as const).filter(
    (name) => script.channels?.includes(name) ?? script[name] !== undefined,
  );
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
    link: (credentials, spread) => createLink({ url, credentials, handshakeSpread: spread }),
  };
}
