import type { AnomalyReport } from "./anomaly.ts";
import type { SettledOperation } from "./pending-operations.ts";

/**
 * What follows from something that was applied to an entity: a value, on which the desk acts when the entity is done.
 * The common cases share an object, so that a message costs none of its own.
 */
export interface Effects {
  /** Whether anything that can be seen has changed. */
  readonly changed: boolean;
  /** The operations that were settled by it. */
  readonly settled: readonly SettledOperation[];
  readonly anomalies: readonly AnomalyReport[];
  /** Whether the server's list must be read, because only the list can decide. */
  readonly needsResync: boolean;
}

const none: readonly never[] = Object.freeze([]);

/** Nothing follows. */
export const noEffects: Effects = Object.freeze({
  changed: false,
  settled: none,
  anomalies: none,
  needsResync: false,
});

/** Something that can be seen has changed, and nothing else follows. */
const onlyChanged: Effects = Object.freeze({ ...noEffects, changed: true });

/** Returns these effects; the shared object where one stands for them. */
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
