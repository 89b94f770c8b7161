import type {
  AnomalyCode,
  ChannelSnapshot,
  ConnectionSnapshot,
  DeskErrorCode,
  InteractionOutcome,
  InteractionState,
  LossReason,
  OperationOutcomeName,
  StandardOperations,
  StopReason,
  Unavailability,
} from "../index.ts";

/** The states of a connection. */
export type ConnectionState = ConnectionSnapshot["state"];

/** The readiness of a channel. */
export type ChannelState = ChannelSnapshot["state"];

/** The operations that every dialect names alike. */
export type StandardOperation =
  keyof StandardOperations["channel"] | { [Kind in keyof ByKind]: keyof ByKind[Kind] }[keyof ByKind];

type ByKind = StandardOperations["interaction"];

/**
 * Every word that this library has for people, in one language. A table of another language implements this interface;
 * a missing key does not compile. Each function takes only the parts that it uses, so a page carries only those.
 */
export interface DeskText {
  readonly connectionStates: Readonly<Record<ConnectionState, string>>;
  /** The meaning of the state for the reader; an empty string where the state is clear. */
  readonly connectionDetails: Readonly<Record<ConnectionState, string>>;
  readonly lossReasons: Readonly<Record<LossReason, string>>;
  /** States that the link reconnects. `reason` is one of `lossReasons`; `failures` counts the failures in a row. */
  readonly reconnecting: (reason: string, failures: number) => string;
  readonly stopReasons: Readonly<Record<StopReason, string>>;
  readonly channelStates: Readonly<Record<ChannelState, string>>;
  readonly interactionStates: Readonly<Record<InteractionState, string>>;
  readonly interactionOutcomes: Readonly<Record<InteractionOutcome, string>>;
  readonly operations: Readonly<Record<StandardOperation, string>>;
  readonly operationOutcomes: Readonly<Record<OperationOutcomeName, string>>;
  /** Adds the server's status code to an outcome. */
  readonly statusCode: (code: number) => string;
  readonly unavailabilities: Readonly<Record<Unavailability, string>>;
  readonly anomalyCodes: Readonly<Record<AnomalyCode, string>>;
  readonly errorCodes: Readonly<Record<DeskErrorCode, string>>;
  readonly interactionTitles: {
    /** The title of an outbound message. */
    readonly to: (address: string) => string;
    /** Stands for an address that is not known. */
    readonly unknown: string;
  };
  readonly transcriptEvents: {
    readonly joined: (party: string) => string;
    readonly left: (party: string) => string;
    readonly typing: (party: string) => string;
    /** Any other event, by the server's name. */
    readonly other: (party: string, event: string) => string;
    /** Stands for a party without a name. */
    readonly unknown: string;
  };
}
