import type { Desk } from "../index.ts";
import { deadline, pacing, type Pacing } from "./pacing.ts";
import type { ChannelReadiness } from "./channel-readiness.ts";
import type { ScriptContext } from "./script-context.ts";
import type { BotTally } from "./tally.ts";
import type { ThinkTime } from "./think-time.ts";

/** The agent of a bot, as its script sees him. */
export interface Agent extends Pacing {
  /** The name of the bot; customers see it unless the script has a `nickname`. */
  readonly name: string;
  /** The whole desk, for what is not here. */
  readonly desk: Desk;
  /** How much happened so far. */
  readonly tally: BotTally;
  /** The bot takes nothing new and finishes what it has. */
  readonly isStopping: boolean;
  /** How many interactions the script works on now, on one channel or on all. */
  readonly working: (channel?: string) => number;
  /** Makes channels Ready, all of the script when none is named, and has them Ready again after the connection was lost. */
  readonly ready: (...channels: readonly string[]) => Promise<void>;
  /** Makes channels NotReady, all of the script unless some are named. */
  readonly notReady: (how?: NotReadyOptions) => Promise<void>;
  /** Goes NotReady on all channels with a reason, lets the time pass, and comes back on those that were Ready. */
  readonly takeBreak: (reason: string, time: number | ThinkTime) => Promise<void>;
  /** Waits until something is so with the desk. `awaited` says what, for the error. */
  readonly waitUntil: (awaited: string, isSo: (desk: Desk) => boolean) => Promise<void>;
  /** Has the bot stop as if its work were over. It does not wait for that. */
  readonly stop: () => void;
  /** The same agent with another deadline for its waits, in milliseconds. */
  readonly within: (ms: number) => Agent;
}

/** How an agent goes NotReady. */
export interface NotReadyOptions {
  /** A reason that the server knows, such as `OutToLunch`. */
  readonly reason?: string;
  readonly channels?: readonly string[];
}

/** What an agent needs of his bot. */
export interface AgentHost {
  readonly name: string;
  readonly readiness: ChannelReadiness;
  readonly tally: () => BotTally;
  readonly isStopping: () => boolean;
  readonly working: (channel?: string) => number;
  readonly stop: () => void;
}

export function createAgentApi(context: ScriptContext, host: AgentHost): Agent {
  const { scope, desk, within } = context;
  const { run } = scope;
  const { readiness } = host;
  return Object.freeze({
    ...pacing(context),
    name: host.name,
    desk,
    get tally() {
      return host.tally();
    },
    get isStopping() {
      return host.isStopping();
    },
    working: host.working,
    ready: (...channels: readonly string[]) => run.call("ready", () => readiness.ready(context, channels)),
    notReady: (how: NotReadyOptions = {}) => run.call("notReady", () => readiness.notReady(context, how)),
    takeBreak: (reason: string, time: number | ThinkTime) =>
      run.call("takeBreak", () => readiness.away(context, reason, () => pacing(context).pause(time))),
    waitUntil: (awaited: string, isSo: (desk: Desk) => boolean) =>
      run.call(`waitUntil(${awaited})`, async () => {
        const look = () => isSo(desk) || undefined;
        await scope.wait({ awaited, on: [desk.changes], look, within });
      }),
    stop: host.stop,
    within: (ms: number) => createAgentApi({ ...context, within: deadline("within", ms) }, host),
  });
}
