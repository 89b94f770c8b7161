/** The reason why a desk is stopped. `stop` means that the application stopped it. */
export type StopReason = "stop" | "authentication-failed" | "connection-refused";

/** The reason why a link is not live. A closed list; it never holds addresses, answers or secrets. */
export type LossReason =
  | "network"
  | "timeout"
  | "server-error"
  | "unexpected-content"
  | "session-lost"
  | "silence"
  | "subscription"
  | "authentication";

/** The context of the chart of a connection. */
export interface ConnectionContext {
  /** The reason why the connection was lost or could not be made; `null` while there is none. */
  readonly lossReason: LossReason | null;
  /** Failures in a row since the connection was last live. */
  readonly failures: number;
  /** Whether the server has the ack extension; `null` until it answered. Informative only. */
  readonly isAcknowledging: boolean | null;
  /** The reason why the desk is stopped; `null` while it is not. */
  readonly stopReason: StopReason | null;
}

/** Everything that the chart of a connection receives. */
export type ConnectionFact =
  | { readonly type: "Start" }
  | { readonly type: "Connected"; readonly isAcknowledging: boolean }
  | { readonly type: "CaughtUp" }
  | { readonly type: "Lost"; readonly lossReason: LossReason }
  | { readonly type: "Stop"; readonly reason: StopReason };

export const newConnection: ConnectionContext = Object.freeze({
  lossReason: null,
  failures: 0,
  isAcknowledging: null,
  stopReason: null,
});
