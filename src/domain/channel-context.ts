import {
  noPendingOperations,
  reduceOperation,
  clearSettled,
  confirmByState,
  type OperationFact,
  type PendingOperations,
} from "./pending-operations.ts";

/** What the chart of a channel remembers. */
export interface ChannelContext extends PendingOperations {
  /** Why the channel is not ready, in the server's word; `null` when it gave no reason. */
  readonly reason: string | null;
  /** Do not disturb; `null` until the server told. */
  readonly doNotDisturb: boolean | null;
}

/** What the server says about a channel. */
export interface ReadinessFact {
  /** `StateUnknown`: the server named a state that is neither. `PropertiesChanged`: it named none. */
  readonly type: "Ready" | "NotReady" | "StateUnknown" | "PropertiesChanged";
  /** `null` when the server gave none with this state. */
  readonly reason: string | null;
  /** Absent means unchanged. */
  readonly doNotDisturb?: boolean | undefined;
}

/** Everything that the chart of a channel receives. */
export type ChannelEvent = ReadinessFact | OperationFact;

/** The context of a channel of which nothing was heard. */
export const newChannel: ChannelContext = Object.freeze({
  ...noPendingOperations,
  reason: null,
  doNotDisturb: null,
});

/** After the server told the readiness. */
export function afterReadiness(context: ChannelContext, fact: ReadinessFact): Partial<ChannelContext> {
  return {
    ...confirmByState(context, fact.type),
    reason: fact.reason,
    doNotDisturb: fact.doNotDisturb ?? context.doNotDisturb,
  };
}

/** After an update that does not tell the readiness. */
export function afterChannelUpdate(context: ChannelContext, fact: ReadinessFact): Partial<ChannelContext> {
  return { ...clearSettled(context), doNotDisturb: fact.doNotDisturb ?? context.doNotDisturb };
}

/** After a fact about an operation. */
export function afterChannelOperation(context: ChannelContext, fact: OperationFact): Partial<ChannelContext> {
  return reduceOperation(context, fact);
}
