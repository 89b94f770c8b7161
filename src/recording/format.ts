import type {
  ServerAnswer,
  Connection,
  Fact,
  JournaledOperation,
  LossReason,
  AnomalyReport,
  OperationOutcome,
  StopReason,
  Unavailability,
} from "../index.ts";

/*
 * A recording is newline-delimited JSON: a header on the first line, then one entry per line in the order in which
 * things took effect. docs/recording.md describes it for people.
 */

export const format = "deskstate-recording";
/** Raised when an older reader could not make sense of a newer recording. */
export const version = 1;

/**
 * How a recording was made safe to hand on.
 *
 * - `masked`: what customers and agents wrote and are called is replaced; equal values stay equal within the recording.
 * - `pseudonyms`: the same, by a secret, so that they stay equal across recordings made with that secret.
 * - `clear`: nothing is replaced.
 */
export type Redaction = "masked" | "pseudonyms" | "clear";

/** The first line. */
export interface Header {
  readonly format: typeof format;
  readonly version: typeof version;
  /** Which dialect reads the frames. */
  readonly dialect: string;
  /** Milliseconds since the epoch, from the desk's clock. */
  readonly startedAt: number;
  readonly redaction: Redaction;
  /** How many ended interactions the desk kept. */
  readonly keepEnded: number;
}

/** What every entry has. */
export interface Stamp {
  /** Counts from 1; in a recording whose beginning was dropped it begins higher. */
  readonly seq: number;
  /** Milliseconds since `startedAt`. */
  readonly t: number;
  /**
   * Where it happened, when it happened within what an earlier entry brought about: how often observers had been told by
   * then, and how many entries were still taking effect.
   */
  readonly in?: readonly [point: number, depth: number];
}

/** What an operation was performed on. */
export type Subject = { readonly id: string } | { readonly channel: string };

/** The shapes of entries by `type`. `of` is the `seq` of the operation's own entry. */
export interface EntryShapes {
  readonly start: { readonly channels: readonly string[] };
  readonly stop: object;
  readonly perform: {
    readonly on: Subject;
    readonly operation: string;
    readonly parameters: Readonly<Record<string, unknown>>;
    /** Why nothing was sent. */
    readonly notAllowed?: Unavailability;
  };
  readonly dismiss: { readonly id: string };
  readonly channel: { readonly name: string };
  readonly connected: { readonly isAcknowledging: boolean };
  readonly disconnected: { readonly lossReason: LossReason };
  readonly stopped: { readonly reason: Exclude<StopReason, "stop"> };
  readonly anomaly: { readonly anomaly: AnomalyReport };
  /** One element of a Bayeux array, as the link handed it to the dialect. */
  readonly frame: { readonly frame: unknown };
  /** What a link told that gives no frames. */
  readonly facts: { readonly facts: readonly Fact[]; readonly anomalies: readonly AnomalyReport[] };
  /** The server's list: its bodies in the order of the dialect's lists, `null` where the server has none. */
  readonly list:
    | { readonly bodies: readonly unknown[] }
    | {
        readonly facts: readonly Fact[];
        readonly anomalies: readonly AnomalyReport[];
        readonly ids: readonly string[];
      }
    | { readonly failed: true };
  readonly answer: { readonly of: number; readonly answer: ServerAnswer };
  readonly timer: { readonly name: string; readonly of?: number };
  /** An observer threw. */
  readonly listenerFailed: object;
  /** What became of an operation. A replay compares it with what becomes of it there. */
  readonly outcome: { readonly of: number; readonly outcome: OperationOutcome };
  /** The desk as it stood; a replay may begin here. */
  readonly checkpoint: Checkpoint;
}

/** The desk as it stood, as far as it can be brought about again. */
export interface Checkpoint {
  /** The channels that the desk was started with. */
  readonly started: readonly string[];
  /** Was no list being read? Else a replay does not know which interactions were heard of since it was asked for. */
  readonly isQuiet: boolean;
  /** When the server's list was last asked for, in milliseconds since `startedAt`. */
  readonly lastRead: number;
  readonly connection: {
    readonly state: Connection["state"];
    readonly lossReason: LossReason | null;
    readonly failures: number;
    readonly isAcknowledging: boolean | null;
    readonly stopReason: StopReason | null;
  };
  /** What is known of the channels and, in the order in which they came, of the interactions. */
  readonly facts: readonly Fact[];
  /** The invitations in their order. */
  readonly invited: readonly string[];
  /** How ended interactions ended for their people. */
  readonly endings: readonly { readonly id: string; readonly outcome: string | null }[];
  /** Interactions that were dismissed. */
  readonly dismissed: readonly string[];
  readonly pending: readonly PendingEntry[];
}

/** An operation that is under way at a checkpoint. */
export interface PendingEntry {
  readonly of: number;
  readonly on: Subject;
  readonly operation: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  /** What the server has answered; `sent` means nothing yet. */
  readonly phase: JournaledOperation["phase"];
  /** How often it was sent. */
  readonly sends: number;
  /** Does it wait to be sent again? */
  readonly isToRepeat: boolean;
  /** Is its time up, but the connection was not there to ask what became of it? */
  readonly isOverdue: boolean;
}

/** One entry of a recording. */
export type Entry = {
  readonly [Type in keyof EntryShapes]: Stamp & { readonly type: Type } & EntryShapes[Type];
}[keyof EntryShapes];
