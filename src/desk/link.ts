import type { AnomalyReport } from "../domain/anomaly.ts";
import type { LossReason, StopReason } from "../domain/connection.ts";
import type { Fact } from "../domain/fact.ts";
import type { OperationRules } from "../domain/operation.ts";
import type { ServerAnswer, OperationRequest } from "../domain/request.ts";
import type { ServerOperations, StandardOperations } from "../kinds/vocabulary.ts";

/** Marks what carries the types of operations; no value has it. */
declare const serverOperations: unique symbol;

/** Connects a desk to a server. One link serves one desk. */
export interface Link<Server extends ServerOperations = StandardOperations> {
  /** The rules of each operation on this kind of server. */
  readonly rules: OperationRules;
  /** The name of the dialect that it speaks, for recorders. */
  readonly dialect?: string;
  /**
   * Begins to connect, and keeps connecting until `disconnect` or a refusal. The listener is notified of all that
   * happens; nothing is thrown.
   */
  readonly connect: (listener: LinkListener, channels: readonly string[]) => void;
  /** Disconnects, and signs out as far as the server can be reached. Never rejects. */
  readonly disconnect: () => Promise<void>;
  /** Reads the server's own list. Never rejects. */
  readonly readList: () => Promise<Reading>;
  /** Asks for an operation. Never rejects. */
  readonly perform: (request: OperationRequest) => Promise<ServerAnswer>;
  readonly [serverOperations]?: Server;
}

/** Receives the events of a link. Its functions never throw. */
export interface LinkListener {
  /**
   * Receives the facts of a notification, and its anomalies.
   *
   * @param frame - the notification as it came, for recorders.
   */
  readonly onFacts: (facts: readonly Fact[], anomalies?: readonly AnomalyReport[], frame?: unknown) => void;
  /** Takes something unexpected. */
  readonly onAnomaly: (anomaly: AnomalyReport) => void;
  /** A CometD session has connected and is subscribed. What was missed before must be read from the list. */
  readonly onConnected: (details: { readonly isAcknowledging: boolean }) => void;
  /** The connection does not work now; the link keeps retrying. */
  readonly onDisconnected: (lossReason: LossReason) => void;
  /** The link has given up, because retrying does not help. */
  readonly onStopped: (reason: Exclude<StopReason, "stop">) => void;
}

/** The server's own list about one agent, or that it could not be read. */
export type Reading =
  | {
      readonly kind: "read";
      readonly facts: readonly Fact[];
      readonly anomalies: readonly AnomalyReport[];
      /** Every interaction that the server has for the agent. */
      readonly ids: ReadonlySet<string>;
      /** The response bodies, in the order of the dialect's lists, for recorders. */
      readonly bodies?: readonly unknown[];
    }
  | {
      readonly kind: "failed";
      /** Milliseconds that the server asked to wait (`Retry-After`). */
      readonly retryAfter?: number;
    };
