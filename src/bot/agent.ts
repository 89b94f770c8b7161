import type { Desk } from "../index.ts";
import type { BotTally } from "./bot-event.ts";
import type { ChannelReadiness, NotReadyOptions } from "./channel-readiness.ts";
import { checkDeadline, createPacing, type Pacing } from "./pacing.ts";
import type { ScriptContext } from "./script-context.ts";
import type { ThinkTime } from "./think-time.ts";

/** The agent of a bot, for its script. */
export interface Agent extends Pacing {
  /** The name of the bot; customers see it unless the script has a `nickname`. */
  readonly name: string;
  /** The whole desk. */
  readonly desk: Desk;
  /** The counts of the bot so far. */
  readonly tally: BotTally;
  /** Whether the bot is about to stop: it takes nothing new and finishes its work. */
  readonly isStopping: boolean;
  /** Returns the number of interactions that the script works on now. @param channel - in the server's spelling; default all */
  readonly working: (channel?: string) => number;
  /**
   * Makes channels Ready, and Ready again after the connection was lost.
   *
   * @param channels - default all of the script
   * @throws BotError `not-done`, `deadline`, `stopped`
   */
  readonly ready: (...channels: readonly string[]) => Promise<void>;
  /** Makes channels NotReady. @throws BotError `not-done`, `deadline`, `stopped` */
  readonly notReady: (options?: NotReadyOptions) => Promise<void>;
  /**
   * Makes all channels NotReady with a reason, waits, and makes those Ready again that were Ready before.
   *
   * @param time - milliseconds, or a distribution to draw them from
   * @throws BotError `invalid-argument`, `not-done`, `deadline`, `stopped`
   */
  readonly takeBreak: (reason: string, time: number | ThinkTime) => Promise<void>;
  /**
   * Resolves when the predicate holds.
   *
   * @param description - what is awaited, for the error
   * @throws BotError `deadline`, `stopped`
   */
  readonly waitUntil: (description: string, predicate: (desk: Desk) => boolean) => Promise<void>;
  /** Makes the bot stop as if its work were over; returns immediately. */
  readonly stop: () => void;
  /** Returns the same agent with another deadline for its waits, in milliseconds. @throws BotError `invalid-argument` */
  readonly within: (ms: number) => Agent;
}

/** The parts of a bot that its agent uses. */
export interface AgentHost {
  readonly name: string;
  readonly readiness: ChannelReadiness;
  readonly tally: () => BotTally;
  readonly working: (channel?: string) => number;
  readonly stop: () => void;
}

export function createAgentApi(context: ScriptContext, host: AgentHost): Agent {
  const { scope, desk, within, isStopping } = context;
  const { call } = scope;
  const { name, readiness, tally, working, stop } = host;
  const pacing = createPacing(context);
  return Object.freeze<Agent>({
    ...pacing,
    name,
    desk,
    get tally() {
      return tally();
    },
    get isStopping() {
      return isStopping();
    },
    working,
    ready: (...channels) => call.track("ready", () => readiness.ready(context, channels)),
    notReady: (options = {}) => call.track("notReady", () => readiness.notReady(context, options)),
    takeBreak: (reason, time) =>
      call.track("takeBreak", () => readiness.takeBreak(context, reason, () => pacing.pause(time))),
    waitUntil: (description, predicate) =>
      call.track(`waitUntil(${description})`, async () => {
        const check = () => predicate(desk) || undefined;
        await scope.wait({ awaited: description, on: [desk.changes], check, within });
      }),
    stop,
    within: (ms) => createAgentApi({ ...context, within: checkDeadline("within", ms) }, host),
  });
}
