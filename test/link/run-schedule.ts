import { createDesk, type Desk } from "../../src/index.ts";
import { seededRandom, type Random } from "../../src/domain/random.ts";
import { gws } from "../../src/links/gws/index.ts";
import { createSimulator, type Behaviour, type Simulator } from "../../src/simulator/index.ts";
import { compare } from "./compare.ts";
import { Disturbance } from "./disturbance.ts";
import { countingClock, pacedClock, type PacedClock } from "./paced-clock.ts";
import { startProxy, type Proxy } from "./proxy.ts";
import { scheduleOf, type Step } from "./schedule.ts";
import { Traffic } from "./traffic.ts";

const user = "agent1";
/** A schedule is written for a server that polls four times as often. */
const stretch = 4;

/** The result of a schedule. */
export interface Report {
  /** The differences and failures in words; empty when there were none. */
  readonly faults: readonly string[];
  readonly events: number;
  readonly operations: number;
  readonly losses: number;
}

/** Runs the schedule of a seed against a real server over real sockets. */
export async function runSchedule(seed: number): Promise<Report> {
  const random = seededRandom(seed * 7919 + 1);
  const clock = pacedClock();
  const deskClock = countingClock(clock);
  const simulator = createSimulator({
    seed,
    clock,
    offerTimeout: random() < 0.5 ? 0 : 2400,
    behaviour: behaviourOf(random),
    comet: { timeout: 1000, maxInterval: 2000 },
  });
  await simulator.start();
  const proxy = await startProxy(Number(new URL(simulator.url).port), clock);
  const desk = createDesk({
    link: gws({
      url: `http://127.0.0.1:${proxy.port}/api/v2`,
      credentials: { user, password: `secret-${user}` },
      requestTimeout: 2000,
      handshakeSpread: 200,
      clock: deskClock,
      random,
    }),
    operationTimeout: 4000,
    recoveryTimeout: 20_000,
    clock: deskClock,
    random,
  });
  const run = new Run(desk, simulator, proxy, random, clock);
  const faults: string[] = [];
  try {
    await desk.start();
    const steps = scheduleOf(seed);
    await run.follow(steps, faults);
    const isForgetful = steps.some((step) => "fault" in step && step.fault === "forget everything");
    faults.push(...run.judgeOperations(isForgetful));
    await desk.stop();
    if (deskClock.pending > 0) faults.push(`${deskClock.pending} timers were left after stop().`);
  } catch (error) {
    faults.push(`${String(error)} ${JSON.stringify(desk.connection.getSnapshot())}`);
  } finally {
    void desk.stop();
    await proxy.close();
    await simulator.stop();
    clock.end();
  }
  return { faults, ...run.counts };
}

function behaviourOf(random: Random): Partial<Behaviour> {
  const either = <Choice>(...choices: readonly Choice[]): Choice =>
    choices[Math.floor(random() * choices.length)]!;
  return {
    reofferPause: 800,
    shape: "seeded",
    order: "seeded",
    transcript: either("full", "new"),
    afterReject: either("Revoked", "Completed", "silence"),
    afterStopProcessing: either("Completed", "Revoked", "silence"),
    afterLeaveChat: either("Completed", "LeftChat", "silence"),
    afterEndChatSession: either("Completed", "LeftChat", "silence"),
    refusedHttpStatus: either("ok", "matching"),
    answerSpelling: either("statusCode", "status0", "string", "status-ok"),
  };
}

class Run {
  readonly #desk: Desk;
  readonly #simulator: Simulator;
  readonly #disturbance: Disturbance;
  readonly #traffic: Traffic;
  readonly #clock: PacedClock;
  #losses = 0;

  constructor(desk: Desk, simulator: Simulator, proxy: Proxy, random: Random, clock: PacedClock) {
    this.#desk = desk;
    this.#simulator = simulator;
    this.#clock = clock;
    this.#disturbance = new Disturbance(simulator, proxy, user, clock);
    this.#traffic = new Traffic(desk, simulator, user, random);
    desk.connection.subscribe(({ state }) => {
      if (state === "Recovering") this.#losses++;
    });
  }

  get counts() {
    const { interactions } = this.#simulator.snapshot(user);
    return {
      events: interactions.reduce((sum, { transcript }) => sum + (transcript?.length ?? 0), 0),
      operations: this.#traffic.asked.length,
      losses: this.#losses,
    };
  }

  async follow(steps: readonly Step[], faults: string[]): Promise<void> {
    for (const channel of ["email", "chat"]) await this.#desk.channel(channel).actions.Ready?.();
    for (const step of steps) {
      if ("check" in step) {
        faults.push(...(await this.#atRest()));
        continue;
      }
      await this.#clock.wait(step.after * stretch);
      if ("deed" in step) this.#traffic.do(step.deed);
      else this.#disturbance.inflict(step.fault, step.fault === "cut" ? step.amount : step.amount * stretch);
    }
  }

  /**
   * Each text reached its customer at most once, and exactly once or never where the outcome claims it. For a server
   * that has forgotten everything, the number of executions is unknown.
   */
  judgeOperations(isForgetful: boolean): string[] {
    return this.#traffic.asked.flatMap(({ operation, text, outcome: settled }) => {
      if (text === undefined) return [];
      const outcome = settled?.outcome ?? "never settled";
      const times = this.#traffic.executions(text);
      const min = outcome === "Done" && !isForgetful ? 1 : 0;
      const max = outcome === "Refused" || outcome === "NotAllowed" ? 0 : 1;
      const isRight = times >= min && times <= max;
      return isRight ? [] : [`${operation} "${text}" was ${outcome} and done ${times} times.`];
    });
  }

  /** Ends all faults, lets operations settle, and compares what the desk shows with what the server knows. */
  async #atRest(): Promise<string[]> {
    await this.#disturbance.end();
    const isSettled = () => this.#traffic.asked.every(({ outcome }) => outcome !== undefined);
    await this.#clock.until("every operation is settled", isSettled);
    return compare(this.#desk, this.#simulator, user, this.#clock);
  }
}
