import type { Availability, Clock, Desk, InteractionSnapshot, Random, Subscription } from "../index.ts";
import type { Emit } from "./bot-event.ts";
import type { ThinkTime } from "./think-time.ts";
import type { WaitScope } from "./wait-scope.ts";

/** The surroundings of one run of a function of the script: its desk, its waits, and its limits. */
export interface ScriptContext {
  readonly desk: Desk;
  readonly clock: Clock;
  readonly emit: Emit;
  /** The run's own stream of random numbers. */
  readonly random: Random;
  readonly scope: WaitScope;
  /** The deadline of each wait, in milliseconds. */
  readonly within: number;
  /** The kinds of interaction that the script may have handlers for. */
  readonly kinds: readonly BotKind[];
  /** The time that the agent types, in milliseconds per character. */
  readonly typing: ThinkTime;
  /** The time that the agent reads, in milliseconds per character. */
  readonly reading: ThinkTime;
  /** Whether the bot takes no new work because it is about to stop. */
  readonly isStopping: () => boolean;
}

/** An interaction, as far as a bot uses it whatever its kind. */
export interface AnyInteraction extends InteractionSnapshot {
  /** The name of its kind. */
  readonly kind: string;
  readonly actions: object;
  readonly can: (operation: never) => Availability;
  subscribe(observer: () => void): Subscription;
}

/** An operation with its parameters. */
export type Step = readonly [operation: string, ...parameters: unknown[]];

/**
 * The work of a bot on one kind of interaction. A kind of a desk is one as well: it has a name and channels, and its
 * interactions are worked on through the generic {@link InteractionApi}.
 */
export interface BotKind<Live extends AnyInteraction = AnyInteraction, Api = unknown> {
  /** The `kind` of its interactions, and the key of the script's handler. */
  readonly name: string;
  /** The server's channels that carry it; a script with a handler works on them by default. */
  readonly channels: readonly string[];
  /** Operations whose `Done` means that the server's own transcript shows the text. */
  readonly echoedOperations?: readonly string[];
  /** Creates the api that the handler is given; default {@link createInteractionApi}. */
  createApi?(context: ScriptContext, interaction: Live): Api;
  /**
   * Returns the operations that hand an unfinished interaction back, in the order to be tried.
   *
   * @param place - gives it to the script's `handBack`; the default for an Accepted interaction
   */
  handBackSteps?(interaction: Live, place: readonly Step[]): readonly Step[];
}

/** Returns the kind of an interaction; `undefined` when the bot does not know it. */
export function kindOf(kinds: readonly BotKind[], { kind }: AnyInteraction): BotKind | undefined {
  return kinds.find(({ name }) => name === kind);
}
