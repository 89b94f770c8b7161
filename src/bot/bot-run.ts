import type { Clock, Desk, DeskChange } from "../index.ts";
import { createAgentApi, type Agent } from "./agent.ts";
import { BotEmitter } from "./bot-emitter.ts";
import { BotError } from "./bot-error.ts";
import type { BotEnding, BotEvent, BotEventDetails, BotSummary } from "./bot-event.ts";
import { ChannelReadiness } from "./channel-readiness.ts";
import { observeDesk } from "./desk-observer.ts";
import * as errorText from "./error-text.ts";
import { botFailure, runScript, ScriptCall } from "./script-call.ts";
import { contextFor, type BotContext } from "./bot-context.ts";
import { channelsOf, kindsOf, type ScriptSettings } from "./script.ts";
import { constant, type ThinkTime } from "./think-time.ts";
import { WaitScope } from "./wait-scope.ts";
import { Workload } from "./workload.ts";

/** The settings of a run, with all defaults set. */
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
  /** The agent of the script's `until`, which is created once. */
  #untilAgent: Agent | undefined;
  #hasUntilFailed = false;

  constructor({ script, desk, dismisses, name, seed, clock, onEvent }: BotRunSetup) {
    const channels = channelsOf(script);
    this.#startedAt = clock.now();
    this.finished = new Promise((resolve) => {
      this.#finish = resolve;
    });
    this.#emitter = new BotEmitter(name, clock, onEvent);
    this.#bot = {
      name,
      seed,
      script,
      desk,
      clock,
      channels,
      emit: (details) => this.#emit(details),
      within: script.deadline ?? defaultDeadline,
      kinds: kindsOf(script),
      typing: thinkTime(script.typing ?? defaultTyping),
      reading: thinkTime(script.reading ?? defaultReading),
      isStopping: () => this.#ending !== undefined,
      readiness: new ChannelReadiness(channels),
      tally: this.#emitter.tally,
      working: (channel) => this.#workload.working(channel),
      stop: () => void this.#stop("stopped"),
    };
    this.#shift = this.#scope(`the shift of ${name}`);
    this.#workload = new Workload(this.#bot, dismisses);
  }

  start(): void {
    const { desk, clock, emit, channels, script } = this.#bot;
    this.#releases.push(
      observeDesk(desk, clock, emit),
      desk.changes.subscribe((change) => this.#changed(change)),
    );
    const { elapsed = Infinity } = typeof script.until === "object" ? script.until : {};
    if (elapsed !== Infinity) {
      const timer = clock.setTimeout(() => void this.#stop("until"), elapsed);
      this.#releases.push(() => clock.clearTimeout(timer));
    }
    desk.start({ channels }).then(
      () => this.#started(),
      (error: unknown) => {
        if (this.#ending === undefined) this.#fail("start", undefined, error, "not-started");
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
      bot: this.#bot.name,
      ending: this.#ending ?? "stopped",
      from: this.#startedAt,
      to: this.#bot.clock.now(),
      leftOpen: this.#leftOpen,
    };
  }

  #scope(about: string): WaitScope {
    const { desk, clock, channels } = this.#bot;
    return new WaitScope(new ScriptCall(about), clock, () => errorText.agentState(desk, channels));
  }

  #emit(details: BotEventDetails): void {
    this.#emitter.emit(details);
    if (this.#ending !== undefined || this.#hasUntilFailed) return;
    try {
      if (this.#isUntilTrue()) void this.#stop("until");
    } catch (error) {
      // First, because reporting the failure is an event too.
      this.#hasUntilFailed = true;
      this.#fail("until", undefined, error, "failed");
    }
  }

  #isUntilTrue(): boolean {
    const { until = {} } = this.#bot.script;
    if (typeof until !== "function") return this.#emitter.tally().handled >= (until.handled ?? Infinity);
    this.#untilAgent ??= createAgentApi(contextFor(this.#bot, this.#shift, "until"), this.#bot);
    return until(this.#untilAgent);
  }

  #fail(part: string, scope: WaitScope | undefined, error: unknown, ending?: BotEnding): void {
    this.#bot.emit({ type: "failed", ...botFailure(part, scope, error) });
    if (ending !== undefined) void this.#stop(ending);
  }

  #started(): void {
    if (this.#ending !== undefined) return;
    this.#hasBeenLive = true;
    this.#updateAll();
    this.#day = this.#runShift();
  }

  async #runShift(): Promise<void> {
    const { script, readiness } = this.#bot;
    const { shift } = script;
    const context = contextFor(this.#bot, this.#shift, "shift");
    const result = await runScript(this.#shift, () =>
      shift === undefined
        ? readiness.stayReady({ ...context, within: Infinity })
        : shift(createAgentApi(context, this.#bot)),
    );
    // Without a shift the bot stays Ready until it is stopped.
    if (shift === undefined && result.ending === "finished") return;
    this.#isShiftOver = true;
    if (result.ending === "failed") this.#fail("shift", this.#shift, result.error, "failed");
    else void this.#stop("shift-over");
  }

  #changed(change: DeskChange): void {
    if (change.about === "interaction") this.#workload.update(change.interaction);
    if (change.about !== "connection") return;
    const { state } = change.connection;
    const connection = errorText.connectionState(change.connection.getSnapshot());
    if (connection !== this.#connection) {
      this.#connection = connection;
      this.#workload.addEvent(connection);
      this.#shift.recent.add(connection);
    }
    // The start of the desk reports a connection that was never Live.
    if (!this.#hasBeenLive) return;
    if (state === "Stopped") void this.#stop("desk-stopped");
    if (state !== "Live") return;
    this.#updateAll();
    const { readiness } = this.#bot;
    if (this.#ending === undefined) readiness.renew(contextFor(this.#bot, this.#shift, "readiness"));
  }

  /** Begins to work on interactions from before the bot, or from a loss of the connection. */
  #updateAll(): void {
    for (const interaction of this.#bot.desk.interactions.getSnapshot()) this.#workload.update(interaction);
  }

  async #stop(ending: BotEnding, reason?: string, within = this.#bot.within): Promise<void> {
    if (this.#ending !== undefined) return;
    this.#ending = ending;
    const { desk, emit, name } = this.#bot;
    const end = (this.#end = this.#scope(`the end of ${name}`));
    emit({ type: "stopping", ending });
    this.#shift.close("stopped");
    if (this.#hasBeenLive && desk.connection.state !== "Stopped") await this.#finishWork(end, reason, within);
    else this.#workload.cut();
    // A shift whose desk was stopped may have been notified only now.
    await end.settledWithin(0, this.#day);
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
    const notReady = this.#bot.readiness.end(context, reason).catch((error: unknown) => {
      if (end.over === undefined) this.#fail("stop", end, error);
    });
    await end.settledWithin(within, Promise.all([notReady, this.#workload.finished()]));
    this.#workload.cut();
    const handedBack = this.#workload.finished().then(() => this.#workload.handBack());
    await end.settledWithin(within, handedBack);
  }

  #reportStuckShift(): void {
    if (!this.#hasBeenLive || this.#isShiftOver || this.#bot.script.shift === undefined) return;
    const { about, step } = this.#shift.call;
    this.#fail("shift", this.#shift, new BotError("stuck", errorText.stuckAtStop(about, step)));
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
