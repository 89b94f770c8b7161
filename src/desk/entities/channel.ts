import type { channelMachine } from "../../../machines/channel.machine.ts";
import type { StandardVocabulary, Vocabulary } from "../../kinds/vocabulary.ts";
import type { ObservedActor } from "../inspection/observed-actor.ts";
import type { ReadableStore } from "../readable-store.ts";
import type { ActionsOf, Availability } from "./interaction.ts";

/** The present state of one of the agent's channels. */
export interface ChannelSnapshot<Words extends Vocabulary = StandardVocabulary> {
  /** The server's name for it. */
  readonly name: string;
  /** `Unknown` until the server names a readiness, and when it names one that is neither of the two. */
  readonly state: "Unknown" | "Ready" | "NotReady";
  /** The readiness in the server's own spelling. */
  readonly serverState: string | undefined;
  /** The server's reason, such as `OutToLunch`; `null` when it gave none. */
  readonly reason: string | null;
  /** Do not disturb; `null` until the server reports it. */
  readonly doNotDisturb: boolean | null;
  /** The pending operations. */
  readonly pending: readonly string[];
  readonly actions: ActionsOf<Words["channel"]>;
  /** Returns whether an operation can be performed now, and if not, why; the same function in each snapshot. */
  readonly can: (operation: keyof Words["channel"] & string) => Availability;
}

/** One of the agent's channels; its properties always show the present state. */
export interface Channel<Words extends Vocabulary = StandardVocabulary>
  extends ChannelSnapshot<Words>, ReadableStore<ChannelSnapshot<Words>> {
  /** The running statechart, to be looked at. */
  readonly actor: ObservedActor<typeof channelMachine>;
}
