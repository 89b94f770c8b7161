import type { LifecycleChange } from "./lifecycle.ts";
import type { RecordPatch } from "./record.ts";

/** One decoded thing that happened. The same whichever server generation said it. */
export type Fact = InteractionFact | ChannelFact;

/** Something about one interaction. */
export interface InteractionFact {
  readonly about: "interaction";
  readonly id: string;
  /** `email`, `chat`, or another word of the server's; `undefined` when the message did not say. */
  readonly channel: string | undefined;
  readonly change: LifecycleChange;
  /** The state in the server's own spelling; `undefined` when the message did not say. */
  readonly state: string | undefined;
  /** What the server allows now; `undefined` means unchanged, an empty list means nothing. */
  readonly capabilities: readonly string[] | undefined;
  /** What the message tells about the interaction. */
  readonly known: RecordPatch;
}

/** Something about one channel of the agent. */
export interface ChannelFact {
  readonly about: "channel";
  /** `email`, `chat`, or another word of the server's, such as `voice`; `undefined` means every channel. */
  readonly channel: string | undefined;
  /** `StateUnknown`: the server named a state that is neither. `PropertiesChanged`: it named none. */
  readonly change: "Ready" | "NotReady" | "StateUnknown" | "PropertiesChanged";
  /** The state in the server's own spelling; `undefined` when the message did not say. */
  readonly state: string | undefined;
  /** The server's reason, such as `OutToLunch`; `null` when it gave none with this state. */
  readonly reason: string | null;
  /** `undefined` means unchanged. */
  readonly doNotDisturb: boolean | undefined;
}
