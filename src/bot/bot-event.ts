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
import type { BotSummary } from "./tally.ts";

/**
 * What a bot tells of, as it happens. Names, states, codes and times; never what a customer wrote. Texts of others stand in
 * `error` and `result` alone.
 */
export type BotEvent = BotEventDetails & {
  /** The name of the bot. */
  readonly bot: string;
  /** Milliseconds since the epoch, from the clock of the bot. */
  readonly at: number;
};

/** Which function of a script. */
export type ScriptPart = "shift" | "offered" | "chat" | "email" | "until";

/** How the script of an interaction came to its end. */
export type WorkEnding = "finished" | "ended" | "customer-left" | "stopped" | "failed";

/** Why a bot came to its end. */
export type BotEnding =
  /** `stop()` was called, by whoever runs it or by the script. */
  | "stopped"
  /** The script's `until` came true. */
  | "until"
  /** The script's `shift` was over. */
  | "shift-over"
  /** The script's `shift` or `until` failed. */
  | "failed"
  /** The desk was stopped by somebody else, or its link gave up. */
  | "desk-stopped"
  /** The desk could not be started. */
  | "not-started";

interface OfInteraction {
  readonly id: string;
  /** In the server's spelling. */
  readonly channel: string;
}

/** Something that went wrong in a bot and was contained. */
export interface BotFailure {
  readonly part: ScriptPart | "start" | "stop" | "onEvent";
  /** The interaction concerned. */
  readonly id?: string;
  /** The last call that the script made, such as `customerSays(/refund/)`. */
  readonly step?: string;
  /** `threw` when the script threw an error of its own or of another library. */
  readonly code: BotErrorCode | "threw";
  /** What failed, in words that are safe to show; of errors that others made only the name, as their text may quote anything. */
  readonly message: string;
  /** What was thrown. */
  readonly error: unknown;
}

/** What happened, each kind with what belongs to it; durations are in milliseconds. */
export type BotEventDetails =
  /** The desk is Live for the first time; since the start. */
  | { readonly type: "connected"; readonly duration: number }
  | { readonly type: "lost"; readonly lossReason: LossReason | null }
  /** The desk is Live again; since it was lost. */
  | { readonly type: "reconnected"; readonly duration: number }
  | {
      readonly type: "readiness";
      readonly channel: string;
      readonly state: "Unknown" | "Ready" | "NotReady";
      readonly reason: string | null;
    }
  | ({ readonly type: "offered" } & OfInteraction)
  /** An offer became Accepted; since the offer was seen. */
  | ({ readonly type: "accepted"; readonly duration: number } & OfInteraction)
  /**
   * An interaction ended. `from` is the state before: an offer that was revoked has the outcome `Revoked` and was
   * `Invited`. `duration` is since it was first seen.
   */
  | ({
      readonly type: "ended";
      readonly outcome: InteractionOutcome;
      readonly from: InteractionState;
      readonly duration: number;
    } & OfInteraction)
  /** An operation was asked for; without `id` it is one of the channel. */
  | { readonly type: "sent"; readonly operation: string; readonly id?: string; readonly channel: string }
  /** An operation settled; since it was sent. */
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
  /** The transcript of a chat shows what the bot sent; since it was sent. */
  | ({ readonly type: "echoed"; readonly duration: number } & OfInteraction)
  /** The script takes up an interaction. */
  | ({ readonly type: "work-began" } & OfInteraction)
  /** The script is through with an interaction; `state` is what it is in now. */
  | ({
      readonly type: "work-ended";
      readonly ending: WorkEnding;
      readonly step: string;
      readonly state: InteractionState;
      readonly duration: number;
    } & OfInteraction)
  /** The bot gave an interaction out of its hands that its script had not finished. */
  | ({ readonly type: "handed-back"; readonly operation: string } & OfInteraction)
  /** The bot left an interaction as it is, because nothing that would hand it back was granted or done. */
  | ({ readonly type: "left-open"; readonly state: InteractionState } & OfInteraction)
  | { readonly type: "anomaly"; readonly code: AnomalyCode; readonly id?: string }
  | ({ readonly type: "failed" } & BotFailure)
  | { readonly type: "stopping"; readonly ending: BotEnding }
  /** The last that a bot tells. */
  | { readonly type: "stopped"; readonly summary: BotSummary };

/** Takes what happened. */
export type Emit = (about: BotEventDetails) => void;
