/** Why a desk is stopped. `stop` is the application's own wish. */
export type StopReason = "stop" | "authentication-failed" | "connection-refused";

/** Why a link is not live. A closed list; it never holds addresses, answers or secrets. */
export type LossReason =
  | "network"
  | "timeout"
  | "server-error"
  | "unexpected-content"
  | "session-lost"
  | "silence"
  | "subscription"
  | "authentication";

/** What the chart of a connection remembers. */
export interface ConnectionContext {
  /** Why the connection was lost or could not be made; `null` when it is well. */
  readonly lossReason: LossReason | null;
  /** Failures in a row since the connection was last live. */
  readonly failures: number;
  /** Does the server take part in the ack extension? `null` until it answered. Nothing rests on it. */
  readonly isAcknowledging: boolean | null;
  /** Why the desk is stopped; `null` while it is not. */
  readonly stopReason: StopReason | null;
}

/** Everything that the chart of a connection receives. */
export type ConnectionFact =
  | { readonly type: "Start" }
  | { readonly type: "Connected"; readonly isAcknowledging: boolean }
  | { readonly type: "CaughtUp" }
  | { readonly type: "Lost"; readonly lossReason: LossReason }
  | { readonly type: "Stop"; readonly reason: StopReason };

/** The context of a connection that was never made. */
export const newConnection: ConnectionContext = Object.freeze({
  lossReason: null,
  failures: 0,
  isAcknowledging: null,
  stopReason: null,
});
