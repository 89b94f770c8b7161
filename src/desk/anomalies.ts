import type { Anomaly, Report } from "../domain/anomaly.ts";
import type { Effects } from "./journal.ts";
import { ListenerSet, type ReadableStore } from "./readable-store.ts";

/** The anomalies of a desk: the latest ones, and how many there were of all. */
export interface Anomalies extends ReadableStore<readonly Anomaly[]> {
  /** How many there were since the desk was made, those that are no longer kept included. */
  readonly total: () => number;
}

/** Keeps the latest anomalies, at most `most`, and takes the reports of them. */
export function keepAnomalies(effects: Effects, most: number) {
  let kept: Anomaly[] = [];
  let snapshot: readonly Anomaly[] | undefined;
  let total = 0;
  let isNotifying = false;

  const add: Report = (anomaly) => {
    kept.push(Object.freeze({ ...anomaly, sequence: ++total, at: effects.clock.now() }));
    // Cut in blocks, so that a flood does not move the whole list for each.
    if (kept.length >= most * 2) kept = kept.slice(-most);
    snapshot = undefined;
  };
  // That an observer throws follows from nothing else that happens to the desk.
  const keep: Report = (anomaly) => {
    if (anomaly.code === "listener-failed") effects.take("listenerFailed", [], () => add(anomaly));
    else add(anomaly);
  };
  // An observer of anomalies that throws is an anomaly too; it is kept, but tells nobody, or it would never end.
  const observers = new ListenerSet<readonly Anomaly[]>(keep);
  const getSnapshot = () => (snapshot ??= Object.freeze(kept.slice(-most)));

  const report: Report = (anomaly) => {
    keep(anomaly);
    if (isNotifying) return;
    isNotifying = true;
    effects.telling(() => {
      if (!observers.isEmpty) observers.notify(getSnapshot());
    });
    isNotifying = false;
  };
  const anomalies: Anomalies = { total: () => total, getSnapshot, subscribe: observers.add };
  return { anomalies, report };
}
