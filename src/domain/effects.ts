import type { AnomalyReport } from "./anomaly.ts";
import type { SettledOperation } from "./pending-operations.ts";

/**
 * The effects of applying a fact to an entity: a value on which the desk acts when the entity is done. The common cases
 * share an object, so that a message allocates none.
 */
export interface Effects {
  /** Whether anything visible has changed. */
  readonly changed: boolean;
  readonly settled: readonly SettledOperation[];
  readonly anomalies: readonly AnomalyReport[];
  /** Whether the server's list must be read, because only the list can decide. */
  readonly needsResync: boolean;
}

const none: readonly never[] = Object.freeze([]);

export const noEffects: Effects = Object.freeze({
  changed: false,
  settled: none,
  anomalies: none,
  needsResync: false,
});

const onlyChanged: Effects = Object.freeze({ ...noEffects, changed: true });

/** Returns these effects; a shared object where possible. */
export function effectsOf(
  changed: boolean,
  settled: readonly SettledOperation[],
  anomalies: readonly AnomalyReport[] | undefined,
  needsResync: boolean,
): Effects {
  if (settled.length > 0 || anomalies !== undefined || needsResync)
    return { changed, settled, anomalies: anomalies ?? none, needsResync };
  return changed ? onlyChanged : noEffects;
}
