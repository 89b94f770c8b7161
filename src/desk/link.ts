import type { AnomalyReport } from "../domain/anomaly.ts";
import type { LossReason, StopReason } from "../domain/connection.ts";
import type { Fact } from "../domain/fact.ts";
import type { OperationRules } from "../domain/operation.ts";
import type { ServerAnswer, OperationRequest } from "../domain/request.ts";
import type { StandardVocabulary, Vocabulary } from "../domain/vocabulary.ts";

/** What connects a desk to a server. One link serves one desk. */
export interface Link<Words extends Vocabulary = StandardVocabulary> {
  /** How each operation behaves on this kind of server. */
  readonly rules: OperationRules;
  /** The name of the dialect that it speaks, for whoever records the desk. */
  readonly dialect?: string;
  /**
   * Begins to connect, and keeps connecting until it is told to stop or is refused. All that happens is told to the
   * sink, never by throwing.
   */
  readonly connect: (sink: LinkListener, channels: readonly string[]) => void;
  /** Takes leave of the server as far as it can be reached. Never rejects. */
  readonly disconnect: () => Promise<void>;
  /** Reads the server's own list. Never rejects. */
  readonly readList: () => Promise<Reading>;
  /** Asks for an operation. Never rejects. */
  readonly perform: (request: OperationRequest) => Promise<ServerAnswer>;
  /** Carries the types of the operations; never set. */
  readonly vocabulary?: Words;
}

/** Where a link tells what happens. Its functions never throw. */
export interface LinkListener {
  /**
   * What a notification said, and what was odd about it.
   *
   * @param frame - the notification as it came, for whoever records the desk.
   */
  readonly onFacts: (facts: readonly Fact[], anomalies?: readonly AnomalyReport[], frame?: unknown) => void;
  /** Something odd was met. */
  readonly onAnomaly: (anomaly: AnomalyReport) => void;
  /** A CometD session has connected and is subscribed. What was missed before must be read from the list. */
  readonly onConnected: (details: { readonly isAcknowledging: boolean }) => void;
  /** The connection does not work now; the link goes on trying. */
  readonly onDisconnected: (lossReason: LossReason) => void;
  /** The link has given up, for a reason that trying again does not mend. */
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
      /** The answers that say so, in the order of the dialect's lists, for whoever records the desk. */
      readonly bodies?: readonly unknown[];
    }
  | {
      readonly kind: "failed";
      /** How many milliseconds the server asked to be left alone. */
      readonly retryAfter?: number;
    };
