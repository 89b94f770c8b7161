import type {
  AnomalyCode,
  InteractionOutcome,
  InteractionState,
  LossReason,
  OperationOutcome,
  OperationOutcomeName,
  Unavailability,
} from "../index.ts";
import type { BotErrorCode } from "./bot-error.ts";

/**
 * One event of a bot. It holds names, states, codes and times, never what a customer wrote; only `error` and `result` may
 * hold texts of others.
 */
export type BotEvent = BotEventDetails & {
  /** The name of the bot. */
  readonly bot: string;
  /** Milliseconds since the epoch, from the clock of the bot. */
  readonly at: number;
};

/** A function of a script: one of these three, or the handler of a kind of interaction such as `email`. */
export type ScriptPart = "shift" | "offered" | "until" | (string & {});

/** The end of the script of an interaction. */
export type WorkEnding = "finished" | "ended" | "customer-left" | "stopped" | "failed";

/** Why a bot ended. */
export type BotEnding =
  /** `stop()` was called, by the owner of the bot or by the script. */
  | "stopped"
  /** The script's `until` came true. */
  | "until"
  /** The script's `shift` was over. */
  | "shift-over"
  /** The script's `shift` or `until` failed. */
  | "failed"
  /** The desk was stopped by something else than the bot, or its link gave up. */
  | "desk-stopped"
  /** The desk could not be started. */
  | "not-started";

interface OfInteraction {
  readonly id: string;
  /** In the server's spelling. */
  readonly channel: string;
}

/** A failure in a bot that was contained. */
export interface BotFailure {
  /** A {@link ScriptPart}, or `start`, `stop` or `onEvent`. */
  readonly part: ScriptPart;
  /** The interaction concerned. */
  readonly id?: string;
  /** The last call that the script made, such as `customerSays(/refund/)`. */
  readonly step?: string;
  /** `threw` when the script threw an error of its own or of another library. */
  readonly code: BotErrorCode | "threw";
  /** A description that is safe to show. Of the script's own errors it holds only the name, because their text may quote anything. */
  readonly message: string;
  /** The value that was thrown. */
  readonly error: unknown;
}

/** The event of each type; durations are in milliseconds. */
export type BotEventDetails =
  /** The desk is Live for the first time; the duration is since the start. */
  | { readonly type: "connected"; readonly duration: number }
  | { readonly type: "lost"; readonly lossReason: LossReason | null }
  /** The desk is Live again; the duration is since it was lost. */
  | { readonly type: "reconnected"; readonly duration: number }
  | {
      readonly type: "readiness";
      readonly channel: string;
      readonly state: "Unknown" | "Ready" | "NotReady";
      readonly reason: string | null;
    }
  | ({ readonly type: "offered" } & OfInteraction)
  /** An offer became Accepted; the duration is since the latest offer. */
  | ({ readonly type: "accepted"; readonly duration: number } & OfInteraction)
  /**
   * An interaction ended. `from` is the state before: an offer that was revoked has the outcome `Revoked` and was
   * `Invited`. The duration is since the interaction was first seen.
   */
  | ({
      readonly type: "ended";
      readonly outcome: InteractionOutcome;
      readonly from: InteractionState;
      readonly duration: number;
    } & OfInteraction)
  /** An operation was requested; without `id` it is one of the channel. */
  | { readonly type: "sent"; readonly operation: string; readonly id?: string; readonly channel: string }
  /** An operation settled; the duration is since it was sent. */
  | {
      readonly type: "settled";
      readonly operation: string;
      readonly id?: string;
      readonly channel: string;
      readonly outcome: OperationOutcomeName;
      readonly code?: number;
      readonly reason?: Unavailability;
      /** The whole outcome; its `message` is the server's own text, which may quote anything. */
      readonly result: OperationOutcome;
      readonly duration: number;
    }
  /** The transcript shows what the bot sent; the duration is since it was sent. */
  | ({ readonly type: "echoed"; readonly duration: number } & OfInteraction)
  /** The script begins to work on an interaction. */
  | ({ readonly type: "work-began" } & OfInteraction)
  /** The script is through with an interaction; `state` is the present one. */
  | ({
      readonly type: "work-ended";
      readonly ending: WorkEnding;
      readonly step: string;
      readonly state: InteractionState;
      readonly duration: number;
    } & OfInteraction)
  /** The bot handed an interaction back that its script had not finished. */
  | ({ readonly type: "handed-back"; readonly operation: string } & OfInteraction)
  /** The bot left an interaction as it is, because no operation that would hand it back was granted or done. */
  | ({ readonly type: "left-open"; readonly state: InteractionState } & OfInteraction)
  | { readonly type: "anomaly"; readonly code: AnomalyCode; readonly id?: string }
  | ({ readonly type: "failed" } & BotFailure)
  | { readonly type: "stopping"; readonly ending: BotEnding }
  /** The last event of a bot. */
  | { readonly type: "stopped"; readonly summary: BotSummary };

export type Emit = (details: BotEventDetails) => void;

/** The counts of a bot so far. */
export interface BotTally {
  /** Offers, with those that were made again. */
  readonly offered: number;
  /** Offers that became Accepted. */
  readonly accepted: number;
  /** Offers that the server took away. */
  readonly revoked: number;
  readonly rejected: number;
  /** Interactions that the script is through with, in whatever way. */
  readonly handled: number;
  /** Operations that settled. */
  readonly operations: number;
  /** Operations that settled with another outcome than `Done`. */
  readonly notDone: number;
  readonly anomalies: number;
  readonly reconnects: number;
  /** The latest 100 failures. */
  readonly failures: readonly BotFailure[];
  /** The number of all failures. */
  readonly failed: number;
}

/** The result of a bot. */
export interface BotSummary extends BotTally {
  readonly bot: string;
  readonly ending: BotEnding;
  /** When the bot was started, in milliseconds since the epoch. */
  readonly from: number;
  /** When the bot had stopped, in milliseconds since the epoch. */
  readonly to: number;
  /** The interactions that it left as they were. */
  readonly leftOpen: readonly (OfInteraction & { readonly state: InteractionState })[];
}
