import { channelsOf, type Script } from "../bot/index.ts";
import type { Link } from "../index.ts";
import { channelNames } from "../simulator/index.ts";
import { findAccounts, type Account, type AccountOptions } from "./accounts.ts";
import type { CommandIO } from "./command-io.ts";
import { createLink } from "./create-link.ts";
import { CommandFailure } from "./failure.ts";
import { checkReportFile, finishRun, type FinishOptions } from "./finish-run.ts";
import { loadScript } from "./load-script.ts";
import { durationNames, forEach } from "./measures.ts";
import { Meter } from "./meter.ts";
import { startProgress } from "./progress.ts";
import { reportFormat, reportVersion } from "./report.ts";
import { runFleet } from "./run-fleet.ts";
import { handshakeSpread, startersOf, type Shard } from "./shard.ts";
import { startSimulator, type SimulatorProcess } from "./simulator-process.ts";
import { packageVersion } from "./version.ts";

/** The options of the command `bots`. Durations are in milliseconds. */
export interface BotsOptions extends AccountOptions, FinishOptions {
  readonly agents?: number;
  readonly url?: string;
  readonly allowInsecureHttp?: boolean;
  readonly ramp?: number;
  readonly for?: number;
  readonly drain: number;
  readonly seed: number;
  readonly shard: Shard;
  /** Customers per minute. */
  readonly rate?: number;
  readonly offerTimeout?: number;
}

const defaultAgents = 10;
/** Milliseconds per agent, so that a thousand handshakes do not arrive in the same moment. */
const defaultRamp = 30;

/** Runs a fleet of bots until the time is up, it is interrupted, or all bots have stopped. @returns the exit code. */
export async function runBots(file: string, options: BotsOptions, io: CommandIO): Promise<number> {
  const { shard, seed, drain } = options;
  checkOptions(options);
  const { script, name, digest } = await loadScript(file);
  await checkReportFile(options.report);
  const { accounts, link, simulator } = await openServer(options, script, io);
  try {
    const starters = startersOf(accounts, shard, options.ramp ?? accounts.length * defaultRamp, seed);
    if (starters.length === 0) {
      throw new CommandFailure(
        2,
        `Shard ${shard.number}/${shard.of} has no agents: there are ${accounts.length}.`,
      );
    }
    const spread = handshakeSpread(starters.length);
    const meter = new Meter();
    const progress = startProgress(io, meter, starters.length);
    const { cpu, memory, eventLoopDelay, ...result } = await runFleet({
      script,
      starters,
      seed,
      link: (account) => link(account, spread),
      meter,
      clock: io.clock,
      signals: io.signals,
      exit: io.exit,
      log: progress.log,
      simulator,
      for: options.for,
      drain,
    }).finally(progress.end);
    const report = {
      format: reportFormat,
      version: reportVersion,
      deskstate: packageVersion(),
      script: { name, digest },
      seed,
      server: options.url ?? "simulator",
      shards: { total: shard.of, included: [shard.number] },
      agents: { total: accounts.length, included: starters.length },
      ...result,
      counts: meter.counts,
      durations: forEach(durationNames, (duration) => meter.durations[duration].data()),
      endings: Object.fromEntries(meter.endings),
      anomalies: Object.fromEntries(meter.anomalies),
      failures: meter.failures,
      processes: [{ shard: shard.number, cpu, memory, eventLoopDelay }],
      series: meter.series.data(),
      thresholds: [],
    } as const;
    return await finishRun(report, options, io.stdout);
  } finally {
    await simulator?.stop();
  }
}

function checkOptions({ url, user, users, shard }: BotsOptions): void {
  if (url === undefined && (user !== undefined || users !== undefined)) {
    throw new CommandFailure(2, "--user and --users belong to a server: give --url as well.");
  }
  if (url === undefined && shard.of > 1) {
    throw new CommandFailure(2, "Shards share a server: give --url as well.");
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
  const channels = channelNames.filter((name) => channelsOf(script).includes(name));
  if (channels.length === 0) {
    throw new CommandFailure(
      2,
      `The simulator has the channels ${channelNames.join(" and ")} only, and the script works on neither.`,
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
