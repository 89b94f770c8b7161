import type { HistogramData } from "./histogram.ts";
import type { Count, Duration } from "./measures.ts";
import type { FailureGroup } from "./meter.ts";
import type { SeriesData } from "./series.ts";

export const reportFormat = "deskstate bots report";
export const reportVersion = 1;

/** Why a run ended. */
export type RunEnding = "time" | "interrupted" | "aborted" | "finished" | "server-gone";

/** The result of a run of bots: the content of a report file. Durations are in milliseconds. */
export interface BotsReport {
  readonly format: typeof reportFormat;
  readonly version: typeof reportVersion;
  /** The version of deskstate that wrote it. */
  readonly deskstate: string;
  /** The script: the name of its file, and the SHA-256 of its text. */
  readonly script: { readonly name: string; readonly digest: string };
  readonly seed: number;
  /** The base of the API; `simulator` for one of its own. */
  readonly server: string;
  /** The number of shards of the whole run, and those in this report, from 1. */
  readonly shards: { readonly total: number; readonly included: readonly number[] };
  /** The number of agents of the whole run, and of those in this report. */
  readonly agents: { readonly total: number; readonly included: number };
  /** The first start, in ISO 8601. */
  readonly startedAt: string;
  /** When the last bot had stopped, in ISO 8601. */
  readonly endedAt: string;
  readonly ending: RunEnding;
  readonly counts: Readonly<Record<Count, number>>;
  readonly durations: Readonly<Record<Duration, HistogramData>>;
  /** The number of bots per ending. */
  readonly endings: Readonly<Record<string, number>>;
  /** Anomalies by their code. */
  readonly anomalies: Readonly<Record<string, number>>;
  readonly failures: readonly FailureGroup[];
  /**
   * The interactions that agents held at the simulator after all bots had stopped, and that their bots did not know of;
   * `null` at another server.
   */
  readonly unaccounted: number | null;
  /** The resources of each process. */
  readonly processes: readonly ProcessUse[];
  readonly series: SeriesData;
  readonly thresholds: readonly ThresholdResult[];
}

/** The resources that a process used. */
export interface ProcessUse {
  readonly shard: number;
  /** Seconds of processor time. */
  readonly cpu: number;
  /** The peak of resident memory, in bytes. */
  readonly memory: number;
  /** The delay of its event loop, as p99. Measured durations are too long by this. */
  readonly eventLoopDelay: number;
}

/** Whether a threshold was met. */
export interface ThresholdResult {
  readonly expression: string;
  /** In milliseconds, in percent, or plain; `null` when nothing was measured, which meets no threshold. */
  readonly measured: number | null;
  readonly isMet: boolean;
}
