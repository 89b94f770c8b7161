import type { Clock, Desk, DeskChange } from "../index.ts";
import { createAgentApi } from "./agent.ts";
import { contextFor, type BotContext } from "./bot-context.ts";
import { BotEmitter } from "./bot-emitter.ts";
import { BotError } from "./bot-error.ts";
import type { BotEnding, BotEvent, BotSummary } from "./bot-event.ts";
import { ChannelReadiness } from "./channel-readiness.ts";
import { describeAgent, describeConnection } from "./describe-state.ts";
import { DeskObserver } from "./desk-observer.ts";
import * as errorText from "./error-text.ts";
import { failure, runScript } from "./run-script.ts";
import { ScriptCall } from "./script-call.ts";
import type { ScriptContext } from "./script-context.ts";
import { channelsOf, kindsOf, type ScriptSettings } from "./script.ts";
import { StopCondition } from "./stop-condition.ts";
import { constant, type ThinkTime } from "./think-time.ts";
import { WaitScope } from "./wait-scope.ts";
import { Workload } from "./workload.ts";

/** What a bot is run with, with all defaults set. */
export interface BotRunSetup {
  readonly script: ScriptSettings;
  readonly desk: Desk;
  /** Whether the bot dismisses an ended interaction when its script is through with it. */
  readonly dismisses: boolean;
  readonly name: string;
  readonly seed: number;
  readonly clock: Clock;
  readonly onEvent: ((event: BotEvent) => unknown) | undefined;
}

const defaultDeadline = 30_000;
const defaultTyping = 50;
const defaultReading = 10;

/** One bot from its start to its end. */
export class BotRun {
  readonly finished: Promise<BotSummary>;
  readonly #bot: BotContext;
  readonly #startedAt: number;
  readonly #emitter: BotEmitter;
  readonly #condition: StopCondition;
  readonly #readiness: ChannelReadiness;
  readonly #workload: Workload;
  /** The waits of the agent's day; over as soon as the bot stops. */
  readonly #shift: WaitScope;
  /** The waits of stopping, once it has begun; over when the bot stops immediately. */
  #end: WaitScope | undefined;
  readonly #leftOpen: BotSummary["leftOpen"][number][] = [];
  readonly #releases: (() => void)[] = [];
  #finish: (summary: BotSummary) => void = () => {};
  #ending: BotEnding | undefined;
  #isShiftOver = false;
  #day: Promise<void> = Promise.resolve();
  #hasBeenLive = false;
  #connection = "";

  constructor({ script, desk, dismisses, name, seed, clock, onEvent }: BotRunSetup) {
    const channels = channelsOf(script);
    this.#startedAt = clock.now();
    this.finished = new Promise((resolve) => {
      this.#finish = resolve;
    });
    const emitted = () => {
      if (this.#ending === undefined) this.#condition.check();
    };
    this.#emitter = new BotEmitter({ name, clock, onEvent, emitted });
    this.#readiness = new ChannelReadiness(channels);
    this.#bot = {
      desk,
      clock,
      emit: this.#emitter.emit,
      within: script.deadline ?? defaultDeadline,
      kinds: kindsOf(script),
      typing: thinkTime(script.typing ?? defaultTyping),
      reading: thinkTime(script.reading ?? defaultReading),
      isStopping: () => this.#ending !== undefined,
      script,
      seed,
      channels,
      host: {
        name,
        readiness: this.#readiness,
        tally: this.#emitter.tally,
        working: (channel) => this.#workload.working(channel),
        stop: () => void this.#stop("stopped"),
      },
    };
    this.#shift = this.#scope(`the shift of ${name}`);
    this.#condition = new StopCondition({
      until: script.until,
      clock,
      agent: () => createAgentApi(contextFor(this.#bot, this.#shift, "until"), this.#bot.host),
      handled: () => this.#emitter.handled,
      cameTrue: () => void this.#stop("until"),
      failed: (error) => {
        this.#bot.emit({ type: "failed", ...failure("until", undefined, error) });
        void this.#stop("failed");
      },
    });
    this.#workload = new Workload(this.#bot, dismisses);
  }

  start(): void {
    const { desk, clock, emit, channels } = this.#bot;
    this.#releases.push(
      new DeskObserver(desk, clock, emit).observe(),
      desk.changes.subscribe((change) => this.#changed(change)),
      this.#condition.start(),
    );
    desk.start({ channels }).then(
      () => this.#started(),
      (error: unknown) => {
        if (this.#ending !== undefined) return;
        emit({ type: "failed", ...failure("start", undefined, error) });
        void this.#stop("not-started");
      },
    );
  }

  /** Stops the bot, or, when it is stopping, ends that immediately. */
  stop(reason: string | undefined, within: number | undefined): void {
    if (this.#ending === undefined) void this.#stop("stopped", reason, within);
    else this.#end?.close("stopped");
  }

  summary(): BotSummary {
    return {
      ...this.#emitter.tally(),
      bot: this.#bot.host.name,
      ending: this.#ending ?? "stopped",
      from: this.#startedAt,
      to: this.#bot.clock.now(),
      leftOpen: this.#leftOpen,
    };
  }

  #scope(about: string): WaitScope {
    const { desk, clock, channels } = this.#bot;
    return new WaitScope(new ScriptCall(about), clock, () => describeAgent(desk, channels));
  }

  #started(): void {
    if (this.#ending !== undefined) return;
    this.#hasBeenLive = true;
    this.#updateAll();
    this.#day = this.#runShift(contextFor(this.#bot, this.#shift, "shift"));
  }

  async #runShift(context: ScriptContext): Promise<void> {
    const { script, host, emit } = this.#bot;
    const { shift } = script;
    const result = await runScript(this.#shift, () =>
      shift === undefined
        ? this.#readiness.stayReady({ ...context, within: Infinity })
        : shift(createAgentApi(context, host)),
    );
    // Without a shift the bot stays Ready until it is stopped.
    if (shift === undefined && result.ending === "finished") return;
    this.#isShiftOver = true;
    if (result.ending === "failed") emit({ type: "failed", ...failure("shift", this.#shift, result.error) });
    void this.#stop(result.ending === "failed" ? "failed" : "shift-over");
  }

  #changed(change: DeskChange): void {
    if (change.about === "interaction") this.#workload.update(change.interaction);
    if (change.about !== "connection") return;
    const { state } = change.connection;
    const connection = describeConnection(change.connection.getSnapshot());
    if (connection !== this.#connection) {
      this.#connection = connection;
      this.#workload.note(connection);
      this.#shift.notes.add(connection);
    }
    // The start of the desk reports a connection that was never Live.
    if (!this.#hasBeenLive) return;
    if (state === "Stopped") void this.#stop("desk-stopped");
    if (state !== "Live") return;
    this.#updateAll();
    if (this.#ending === undefined) this.#readiness.renew(contextFor(this.#bot, this.#shift, "readiness"));
  }

  /** Takes up what was there before the bot, or came while the connection was lost. */
  #updateAll(): void {
    for (const interaction of this.#bot.desk.interactions.getSnapshot()) this.#workload.update(interaction);
  }

  async #stop(ending: BotEnding, reason?: string, within = this.#bot.within): Promise<void> {
    if (this.#ending !== undefined) return;
    this.#ending = ending;
    const { desk, emit, host } = this.#bot;
    const end = (this.#end = this.#scope(`the end of ${host.name}`));
    emit({ type: "stopping", ending });
    this.#shift.close("stopped");
    if (this.#hasBeenLive && desk.connection.state !== "Stopped") await this.#finishWork(end, reason, within);
    else this.#workload.cut();
    // A shift whose desk was stopped may have been notified only now.
    await end.waitAtMost(this.#day, 0);
    this.#workload.close();
    end.close("stopped");
    this.#reportStuckShift();
    // Stopping the desk settles all pending operations, so nothing is left to wait for.
    await desk.stop().catch(() => {});
    await this.#workload.finished();
    this.#reportLeftOpen();
    for (const release of this.#releases) release();
    const summary = this.summary();
    emit({ type: "stopped", summary });
    this.#finish(summary);
  }

  /** Makes the channels NotReady, lets the script finish its work, and hands back the rest. */
  async #finishWork(end: WaitScope, reason: string | undefined, within: number): Promise<void> {
    this.#workload.refuse();
    const context = { ...contextFor(this.#bot, end, "end"), within: Infinity };
    const notReady = this.#readiness.end(context, reason).catch((error: unknown) => {
      if (end.over === undefined) this.#bot.emit({ type: "failed", ...failure("stop", end, error) });
    });
    await end.waitAtMost(Promise.all([notReady, this.#workload.finished()]), within);
    this.#workload.cut();
    const handedBack = this.#workload.finished().then(() => this.#workload.handBack());
    await end.waitAtMost(handedBack, within);
  }

  #reportStuckShift(): void {
    const { script, emit } = this.#bot;
    if (!this.#hasBeenLive || this.#isShiftOver || script.shift === undefined) return;
    const { about, step } = this.#shift.call;
    const error = new BotError("stuck", errorText.stuckAtStop(about, step));
    emit({ type: "failed", ...failure("shift", this.#shift, error) });
  }

  #reportLeftOpen(): void {
    const { desk, channels, emit } = this.#bot;
    for (const { id, channel, state } of desk.interactions.getSnapshot()) {
      // An offer that is not answered goes back by itself.
      if (state === "Invited" || !channels.includes(channel)) continue;
      this.#leftOpen.push({ id, channel, state });
      emit({ type: "left-open", id, channel, state });
    }
  }
}

function thinkTime(time: number | ThinkTime): ThinkTime {
  return typeof time === "function" ? time : constant(time);
}
