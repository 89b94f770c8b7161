import type { DeskChange, Clock, Desk } from "../index.ts";
import { agentFace, type AgentHost } from "./agent.ts";
import { BotError, describe } from "./bot-error.ts";
import { contained, failure } from "./contained.ts";
import * as errorText from "./error-text.ts";
import { Hands } from "./hands.ts";
import type { BotEnding, BotEvent } from "./bot-event.ts";
import { Readiness } from "./readiness.ts";
import type { StopOptions } from "./run-bot.ts";
import { Scope } from "./scope.ts";
import { ScriptRun } from "./script-run.ts";
import { channelsOf, type Script } from "./script.ts";
import { stream } from "./seeds.ts";
import { describeAgent, describeConnection } from "./situation.ts";
import { StopCondition } from "./stop-condition.ts";
import type { Stint } from "./stint.ts";
import type { BotSummary } from "./tally.ts";
import { Teller } from "./teller.ts";
import { constant, type ThinkTime } from "./think-time.ts";
import { isTimeLimit, timeLimitText } from "./time-limit.ts";
import { Witness } from "./witness.ts";

/** What a bot is run with, all of it set. */
export interface RunSetup {
  readonly script: Script;
  readonly desk: Desk;
  /** Does the bot dismiss what has ended and no script works on? */
  readonly dismisses: boolean;
  readonly name: string;
  readonly seed: number;
  readonly clock: Clock;
  readonly onEvent: ((happening: BotEvent) => unknown) | undefined;
}

const defaultDeadline = 30_000;
const defaultTyping = 50;
const defaultReading = 10;

/** One bot from its start to its end. */
export class BotRun {
  readonly finished: Promise<BotSummary>;
  readonly #setup: RunSetup;
  readonly #channels: readonly string[];
  readonly #within: number;
  readonly #from: number;
  readonly #teller: Teller;
  readonly #condition: StopCondition;
  readonly #readiness: Readiness;
  readonly #hands: Hands;
  readonly #host: AgentHost;
  /** The agent's day; over as soon as the bot stops. */
  readonly #shift: Scope;
  /** What the bot does to stop; over when it stops at once. Made when it stops. */
  #last: Scope | undefined;
  readonly #leftOpen: BotSummary["leftOpen"][number][] = [];
  readonly #ends: (() => void)[] = [];
  #finish: (summary: BotSummary) => void = () => {};
  #ending: BotEnding | undefined;
  #isShiftOver = false;
  #day: Promise<void> = Promise.resolve();
  #hasBeenLive = false;
  #connection = "";

  constructor(setup: RunSetup) {
    const { script, desk, dismisses, name, seed, clock } = setup;
    this.#setup = setup;
    this.#channels = channelsOf(script);
    this.#within = script.deadline ?? defaultDeadline;
    this.#from = clock.now();
    this.finished = new Promise((resolve) => {
      this.#finish = resolve;
    });
    this.#teller = new Teller({
      ...setup,
      told: () => {
        if (this.#ending === undefined) this.#condition.look();
      },
    });
    this.#condition = new StopCondition({
      until: script.until,
      clock,
      agent: () => agentFace(this.#stint(this.#shift, "until"), this.#host),
      handled: () => this.#teller.counter.handled,
      cameTrue: () => void this.#end("until"),
      failed: (error) => {
        this.#teller.tell({ type: "failed", ...failure("until", undefined, error) });
        void this.#end("failed");
      },
    });
    this.#readiness = new Readiness(this.#channels);
    this.#shift = this.#scope(`the shift of ${name}`);
    this.#host = {
      name,
      readiness: this.#readiness,
      tally: () => this.#teller.counter.read(),
      isStopping: () => this.#ending !== undefined,
      working: (channel) => this.#hands.working(channel),
      stop: () => void this.#end("stopped"),
    };
    // Written out: an object that others are spread into gets a shape of its own, for each bot.
    this.#hands = new Hands({
      desk,
      clock,
      tell: this.#teller.tell,
      within: this.#within,
      dismisses,
      script,
      seed,
      host: this.#host,
      channels: this.#channels,
      speed: {
        typing: thinkTime(script.typing ?? defaultTyping),
        reading: thinkTime(script.reading ?? defaultReading),
      },
    });
  }

  start(): void {
    const { desk, clock } = this.#setup;
    this.#ends.push(
      new Witness(desk, clock, this.#teller.tell).watch(),
      desk.changes.subscribe((change) => this.#changed(change)),
      this.#condition.watch(),
    );
    desk.start({ channels: this.#channels }).then(
      () => this.#live(),
      (error: unknown) => {
        if (this.#ending !== undefined) return;
        this.#teller.tell({ type: "failed", ...failure("start", undefined, error) });
        void this.#end("not-started");
      },
    );
  }

  readonly stop = async (options: StopOptions = {}): Promise<BotSummary> => {
    const { within } = options;
    if (within !== undefined && !isTimeLimit(within, 0)) {
      const message = errorText.wrongKey("stop", "within", timeLimitText(0), describe(within));
      throw new BotError("invalid-options", message);
    }
    if (this.#ending === undefined) void this.#end("stopped", options);
    else this.#last?.close("stopped");
    return this.finished;
  };

  readonly summary = (): BotSummary => ({
    ...this.#teller.counter.read(),
    bot: this.#setup.name,
    ending: this.#ending ?? "stopped",
    from: this.#from,
    to: this.#setup.clock.now(),
    leftOpen: this.#leftOpen,
  });

  #scope(about: string): Scope {
    const { desk, clock } = this.#setup;
    return new Scope(new ScriptRun(about), clock, () => describeAgent(desk, this.#channels));
  }

  #stint(scope: Scope, purpose: string): Stint {
    const { desk, clock, seed, name } = this.#setup;
    const random = stream(seed, name, purpose);
    return { desk, clock, tell: this.#teller.tell, within: this.#within, scope, random };
  }

  #live(): void {
    if (this.#ending !== undefined) return;
    this.#hasBeenLive = true;
    this.#lookAtAll();
    this.#day = this.#work();
  }

  async #work(): Promise<void> {
    const stint = this.#stint(this.#shift, "shift");
    const { shift } = this.#setup.script;
    const result = await contained(this.#shift, () =>
      shift === undefined
        ? this.#readiness.stayReady({ ...stint, within: Infinity })
        : shift(agentFace(stint, this.#host)),
    );
    // Ready, and so until it is stopped.
    if (shift === undefined && result.ending === "finished") return;
    this.#isShiftOver = true;
    if (result.ending === "failed") {
      this.#teller.tell({ type: "failed", ...failure("shift", this.#shift, result.error) });
    }
    void this.#end(result.ending === "failed" ? "failed" : "shift-over");
  }

  #changed(change: DeskChange): void {
    if (change.about === "interaction") this.#hands.look(change.interaction);
    if (change.about !== "connection") return;
    const { state } = change.connection;
    const connection = describeConnection(change.connection.getSnapshot());
    if (connection !== this.#connection) {
      this.#connection = connection;
      this.#hands.note(connection);
      this.#shift.notes.add(connection);
    }
    // One that was never Live is told of by its start.
    if (!this.#hasBeenLive) return;
    if (state === "Stopped") void this.#end("desk-stopped");
    if (state !== "Live") return;
    this.#lookAtAll();
    if (this.#ending === undefined) this.#readiness.renew(this.#stint(this.#shift, "readiness"));
  }

  /** What was there before, or came while nobody could look. */
  #lookAtAll(): void {
    for (const interaction of this.#setup.desk.interactions.getSnapshot()) this.#hands.look(interaction);
  }

  async #end(ending: BotEnding, options: StopOptions = {}): Promise<void> {
    if (this.#ending !== undefined) return;
    this.#ending = ending;
    const { desk } = this.#setup;
    const last = (this.#last = this.#scope(`the end of ${this.#setup.name}`));
    this.#teller.tell({ type: "stopping", ending });
    this.#shift.close("stopped");
    const { reason, within = this.#within } = options;
    if (this.#hasBeenLive && desk.connection.state !== "Stopped") {
      this.#hands.refuse();
      const stint = { ...this.#stint(last, "end"), within: Infinity };
      const notReady = this.#readiness.end(stint, reason).catch((error: unknown) => {
        if (last.over === undefined) this.#teller.tell({ type: "failed", ...failure("stop", last, error) });
      });
      await orTimeIsUp(last, Promise.all([notReady, this.#hands.through()]), within);
      this.#hands.cut();
      await orTimeIsUp(
        last,
        this.#hands.through().then(() => this.#hands.handBack()),
        within,
      );
    } else this.#hands.cut();
    // A shift whose desk was stopped has only just heard of it.
    await orTimeIsUp(last, this.#day, 0);
    this.#hands.close();
    last.close("stopped");
    if (this.#hasBeenLive && !this.#isShiftOver && this.#setup.script.shift !== undefined) {
      const { about, step } = this.#shift.run;
      const error = new BotError("stuck", errorText.stuckAtStop(about, step));
      this.#teller.tell({ type: "failed", ...failure("shift", this.#shift, error) });
    }
    // It settles all that was asked for, so that nothing is left to wait for.
    await desk.stop().catch(() => {});
    await this.#hands.through();
    this.#tellWhatIsLeft();
    for (const end of this.#ends) end();
    const summary = this.summary();
    this.#teller.tell({ type: "stopped", summary });
    this.#finish(summary);
  }

  #tellWhatIsLeft(): void {
    for (const { id, channel, state } of this.#setup.desk.interactions.getSnapshot()) {
      // An offer that is not answered goes back by itself.
      if (state === "Invited" || !this.#channels.includes(channel)) continue;
      this.#leftOpen.push({ id, channel, state });
      this.#teller.tell({ type: "left-open", id, channel, state });
    }
  }
}

/** Waits for something, but not for ever, and not when the bot is to stop at once. */
async function orTimeIsUp(last: Scope, what: Promise<unknown>, within: number): Promise<void> {
  if (last.over !== undefined) return;
  const time = last.pause(within).catch(() => {});
  await Promise.race([what, time]);
}

function thinkTime(time: number | ThinkTime): ThinkTime {
  return typeof time === "function" ? time : constant(time);
}
