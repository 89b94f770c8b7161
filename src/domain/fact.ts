import type { LifecycleChange } from "./lifecycle.ts";
import type { RecordPatch } from "./record.ts";

/** One decoded event, in the same form for every server generation. */
export type Fact = InteractionFact | ChannelFact;

/** An event of one interaction. */
export interface InteractionFact {
  readonly about: "interaction";
  readonly id: string;
  /** `email`, `chat`, or another word of the server's; `undefined` when the message does not name it. */
  readonly channel: string | undefined;
  readonly change: LifecycleChange;
  /** The state in the server's own spelling; `undefined` when the message does not name it. */
  readonly state: string | undefined;
  /** The capabilities that the server grants now; `undefined` means unchanged, an empty list means none. */
  readonly capabilities: readonly string[] | undefined;
  /** The data that the message carries. */
  readonly known: RecordPatch;
}

/** An event of one channel of the agent. */
export interface ChannelFact {
  readonly about: "channel";
  /** `email`, `chat`, or another word of the server's, such as `voice`; `undefined` means every channel. */
  readonly channel: string | undefined;
  /** `StateUnknown`: another state. `PropertiesChanged`: no state. */
  readonly change: "Ready" | "NotReady" | "StateUnknown" | "PropertiesChanged";
  /** The state in the server's own spelling; `undefined` when the message does not name it. */
  readonly state: string | undefined;
  /** The server's reason, such as `OutToLunch`; `null` when it gave none with this state. */
  readonly reason: string | null;
  /** `undefined` means unchanged. */
  readonly doNotDisturb: boolean | undefined;
}
