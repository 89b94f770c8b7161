import { isDeepStrictEqual } from "node:util";
import { createDesk, type Desk } from "../../src/index.ts";
import { seededRandom, type Random } from "../../src/domain/random.ts";
import { gws } from "../../src/link/index.ts";
import { createSimulator, type Behaviour, type Simulator } from "../../src/simulator/index.ts";
import { fastClock } from "./fast-clock.ts";
import { differences, pictureOfDesk, pictureOfTruth } from "./picture.ts";
import { startProxy, type Proxy } from "./proxy.ts";
import { scheduleOf, type FaultName, type Step } from "./schedule.ts";
import { Traffic } from "./traffic.ts";
import { until } from "./until.ts";

const user = "agent1";
/** The clock of the desk runs so much faster than that of the server. */
const factor = 4;

/** What came of a schedule. */
export interface Report {
  /** What was wrong, in words; empty when nothing was. */
  readonly faults: readonly string[];
  readonly events: number;
  readonly operations: number;
  readonly losses: number;
}

/** Runs the schedule of a seed against a real server over real sockets. */
export async function runSchedule(seed: number): Promise<Report> {
  const random = seededRandom(seed * 7919 + 1);
  const clock = fastClock(factor);
  const simulator = createSimulator({
    seed,
    offerTimeout: random() < 0.5 ? 0 : 600,
    behaviour: behaviourOf(random),
    comet: { timeout: 250, maxInterval: 500 },
  });
  await simulator.start();
  const proxy = await startProxy(Number(new URL(simulator.url).port));
  const desk = createDesk({
    link: gws({
      url: `http://127.0.0.1:${proxy.port}/api/v2`,
      credentials: { user, password: `secret-${user}` },
      requestTimeout: 2000,
      handshakeSpread: 200,
      clock,
      random,
    }),
    operationTimeout: 4000,
    recoveryTimeout: 20_000,
    clock,
    random,
  });
  const run = new Run(desk, simulator, proxy, random);
  const faults: string[] = [];
  try {
    await desk.start();
    const steps = scheduleOf(seed);
    await run.follow(steps, faults);
    const isForgetful = steps.some((step) => "fault" in step && step.fault === "forget everything");
    faults.push(...run.judgeOperations(isForgetful));
    await desk.stop();
    if (clock.pending > 0) faults.push(`${clock.pending} timers were left after stop().`);
  } catch (error) {
    faults.push(`${String(error)} ${JSON.stringify(desk.connection.getSnapshot())}`);
  } finally {
    void desk.stop();
    await proxy.close();
    await simulator.stop();
  }
  return { faults, ...run.counts };
}

function behaviourOf(random: Random): Partial<Behaviour> {
  const either = <Choice>(...choices: readonly Choice[]): Choice =>
    choices[Math.floor(random() * choices.length)]!;
  return {
    reofferPause: 200,
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
  readonly #proxy: Proxy;
  readonly #traffic: Traffic;
  #restarting: Promise<void> | undefined;
  #marks = 0;
  #losses = 0;

  constructor(desk: Desk, simulator: Simulator, proxy: Proxy, random: Random) {
    this.#desk = desk;
    this.#simulator = simulator;
    this.#proxy = proxy;
    this.#traffic = new Traffic(desk, simulator, user, random);
    desk.connection.subscribe(({ state }) => {
      if (state === "Recovering") this.#losses++;
    });
  }

  get counts() {
    const { interactions } = this.#simulator.truth(user);
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
      await wait(step.after);
      if ("deed" in step) this.#traffic.do(step.deed);
      else this.#inflict(step.fault, step.amount);
    }
  }

  /**
   * Each text reached its customer at most once, and exactly once or never where the outcome says so. What a forgetful
   * server has forgotten cannot be told from what was done.
   */
  judgeOperations(isForgetful: boolean): string[] {
    return this.#traffic.asked.flatMap(({ operation, text, outcome: settled }) => {
      if (text === undefined) return [];
      const outcome = settled?.outcome ?? "never settled";
      const times = this.#traffic.executions(text);
      const least = outcome === "Done" && !isForgetful ? 1 : 0;
      const most = outcome === "Refused" || outcome === "NotAllowed" ? 0 : 1;
      const isRight = times >= least && times <= most;
      return isRight ? [] : [`${operation} "${text}" was ${outcome} and done ${times} times.`];
    });
  }

  /** Ends all faults, lets operations settle, and compares what the desk shows with what the server knows. */
  async #atRest(): Promise<string[]> {
    const { faults } = this.#simulator;
    await this.#restarting;
    this.#proxy.heal();
    faults.clear();
    const isSettled = () => this.#traffic.asked.every(({ outcome }) => outcome !== undefined);
    await until("every operation is settled", isSettled);
    return this.#compare();
  }

  /**
   * While the desk is Live, a mark is sent behind everything that the server has said. When the mark arrives over the
   * same connection and the server has said nothing since, what the desk shows is what the server knows.
   */
  async #compare(): Promise<string[]> {
    const { connection } = this.#desk;
    for (;;) {
      await until("the desk is Live", () => connection.state === "Live");
      const before = this.#truth();
      const mark = `mark${++this.#marks}`;
      let wasLost = false;
      const watching = connection.subscribe(() => (wasLost = true));
      this.#simulator.notify(user, "/v2/me/channels", {
        channels: [{ channel: "marks", userState: { state: "NotReady", reason: mark } }],
      });
      const marks = this.#desk.channel("marks");
      await until(
        "a mark arrives, or the desk says that it is not Live",
        () => wasLost || marks.reason === mark,
      );
      // What ended without a word, or may be a new offer, is looked up in the server's list; that takes a moment.
      const isEqual = () => isDeepStrictEqual(this.#shown(), this.#truth());
      try {
        await until("what is shown is what is so", () => wasLost || isEqual());
      } catch {
        return [
          "The desk is Live, but what it shows is not so:",
          ...differences(this.#shown(), this.#truth()),
        ];
      } finally {
        watching.unsubscribe();
      }
      if (!wasLost && isDeepStrictEqual(before, this.#truth())) return [];
    }
  }

  #truth() {
    return pictureOfTruth(this.#simulator.truth(user));
  }

  #shown() {
    return pictureOfDesk(this.#desk, Object.keys(this.#simulator.truth(user).channels));
  }

  #inflict(fault: FaultName, amount: number): void {
    const { faults } = this.#simulator;
    const forAWhile = (turn: (on: boolean) => void): void => {
      turn(true);
      setTimeout(() => turn(false), amount);
    };
    switch (fault) {
      case "reset all":
        return this.#proxy.resetAll();
      case "refuse":
        this.#proxy.resetAll();
        return forAWhile(this.#proxy.refuse);
      case "cut":
        return this.#proxy.cutAfter(amount);
      case "swallow replies":
        return forAWhile(this.#proxy.swallowReplies);
      case "delay replies":
        return forAWhile((on) => this.#proxy.delayReplies(on ? amount / 4 : 0));
      case "blackhole":
        return forAWhile(this.#proxy.blackhole);
      case "expire session":
        return faults.expireSession(user);
      case "expire comet":
        return faults.expireComet(user);
      case "change csrf":
        return faults.changeCsrf(user);
      case "restart":
        return this.#restart({ downFor: amount });
      case "forget everything":
        return this.#restart({ downFor: amount / 2, forget: "everything" });
      case "lose answers":
        return void faults.loseAnswer({ times: 2 });
      case "lose requests":
        return void faults.loseRequest({ times: 2 });
      case "busy":
        faults.refuse(
          { httpStatus: 503, body: "", headers: { "Retry-After": "1" } },
          { path: "/", times: 3 },
        );
        return;
      case "login page":
        return void faults.refuse({ body: "<html>Please log in.</html>" }, { path: "/", times: 3 });
    }
  }

  #restart(options: NonNullable<Parameters<Simulator["restart"]>[0]>): void {
    this.#restarting ??= this.#simulator.restart(options).finally(() => (this.#restarting = undefined));
  }
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
