import { replay, type Entry, type Recording, type Replay } from "deskstate/recording";
import { createDeskLogs, type DeskLogs } from "../desk-logs.ts";

/** An entry, and the entries that it caused. A replay stops after each step, never within one. */
export type Step = readonly [Entry, ...Entry[]];

/** Returns the steps of a recording. */
export function stepsOf(entries: readonly Entry[]): Step[] {
  const steps: [Entry, ...Entry[]][] = [];
  for (const entry of entries) {
    const step = entry.in === undefined ? undefined : steps.at(-1);
    if (step === undefined) steps.push([entry]);
    else step.push(entry);
  }
  return steps;
}

/** A replay with logs that follow its desk from the beginning. Going back takes another one. */
export interface ReplayRun {
  readonly replay: Replay;
  readonly logs: DeskLogs;
  readonly close: () => void;
}

/** Begins to replay a recording. */
export function beginReplay(recording: Recording): ReplayRun {
  const replayed = replay(recording);
  const logs = createDeskLogs(replayed.desk, { isRecorded: true });
  const stop = logs.follow();
  const close = () => {
    replayed.close();
    stop();
  };
  return { replay: replayed, logs, close };
}
