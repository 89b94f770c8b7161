import type { channelMachine } from "../../../machines/channel.machine.ts";
import type { StandardVocabulary, Vocabulary } from "../../domain/vocabulary.ts";
import type { ActionsOf, Availability } from "./interaction.ts";
import type { ObservedActor } from "../inspection/observed-actor.ts";
import type { ReadableStore } from "../readable-store.ts";

/** What is known of one of the agent's channels. */
export interface ChannelSnapshot<Words extends Vocabulary = StandardVocabulary> {
  /** `email`, `chat`, or another word of the server's. */
  readonly name: string;
  /** `Unknown` until the server tells, and when it names a readiness that is neither of the two. */
  readonly state: "Unknown" | "Ready" | "NotReady";
  /** The readiness in the server's own spelling. */
  readonly serverState: string | undefined;
  /** The server's reason, such as `OutToLunch`; `null` when it gave none. */
  readonly reason: string | null;
  /** Do not disturb; `null` until the server told. */
  readonly doNotDisturb: boolean | null;
  /** The operations under way. */
  readonly pending: readonly string[];
  readonly actions: ActionsOf<Words["channel"]>;
  /** Why an operation can or cannot be performed now; the same function in each snapshot. */
  readonly can: (operation: keyof Words["channel"] & string) => Availability;
}

/** One of the agent's channels; its properties always tell what is so now. */
export interface Channel<Words extends Vocabulary = StandardVocabulary>
  extends ChannelSnapshot<Words>, ReadableStore<ChannelSnapshot<Words>> {
  /** The running statechart, to be looked at. */
  readonly actor: ObservedActor<typeof channelMachine>;
}
