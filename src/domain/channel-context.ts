import {
  noPendingOperations,
  clearSettled,
  confirmByState,
  type OperationFact,
  type PendingOperations,
} from "./pending-operations.ts";

/** The context of the chart of a channel. */
export interface ChannelContext extends PendingOperations {
  /** The reason why the channel is not ready, in the server's word; `null` when it gave none. */
  readonly reason: string | null;
  /** Whether the agent must not be disturbed; `null` until the server reports it. */
  readonly doNotDisturb: boolean | null;
}

/** A fact about a channel. */
export interface ReadinessFact {
  /** `StateUnknown`: another state. `PropertiesChanged`: no state. */
  readonly type: "Ready" | "NotReady" | "StateUnknown" | "PropertiesChanged";
  /** `null` when the server gave none with this state. */
  readonly reason: string | null;
  /** Absent means unchanged. */
  readonly doNotDisturb?: boolean | undefined;
}

/** The events of the chart of a channel. */
export type ChannelEvent = ReadinessFact | OperationFact;

/** The context before the first fact. */
export const newChannel: ChannelContext = Object.freeze({
  ...noPendingOperations,
  reason: null,
  doNotDisturb: null,
});

/** Returns the context after the server reported the readiness. */
export function afterReadiness(context: ChannelContext, fact: ReadinessFact): Partial<ChannelContext> {
  return {
    ...confirmByState(context, fact.type),
    reason: fact.reason,
    doNotDisturb: fact.doNotDisturb ?? context.doNotDisturb,
  };
}

/** Returns the context after an update without a readiness. */
export function afterChannelUpdate(context: ChannelContext, fact: ReadinessFact): Partial<ChannelContext> {
  return { ...clearSettled(context), doNotDisturb: fact.doNotDisturb ?? context.doNotDisturb };
}
