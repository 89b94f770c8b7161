import type { Desk, OperationOutcome, OperationRequest } from "deskstate";
import { replay, type Entry, type Recording, type Replay } from "deskstate/recording";
import { humanize, interactionTitle } from "deskstate/text";
import { createDeskLogs, followDesk, type DeskLogs } from "../desk-logs.ts";

/** What a replay does in one go: an entry, and the entries that it caused. */
export interface Step {
  readonly first: Entry;
  readonly last: Entry;
  /** Its entries, by their indexes in the recording: from the first up to, but not including, the second. */
  readonly range: readonly [from: number, to: number];
}

/** Returns the steps of a recording. A replay stops after each, never within one. */
export function stepsOf(entries: readonly Entry[]): Step[] {
  const steps: Step[] = [];
  let from = 0;
  entries.forEach((last, index) => {
    const next = entries[index + 1];
    if (next !== undefined && next.in !== undefined) return;
    steps.push({ first: entries[from] ?? last, last, range: [from, index + 1] });
    from = index + 1;
  });
  return steps;
}

/** One replay of a recording, with logs that follow its desk from the beginning. Going back takes another one. */
export class ReplayRun {
  readonly logs: DeskLogs;
  readonly #replay: Replay;
  readonly #steps: readonly Step[];
  readonly #stops: readonly (() => void)[];
  #isClosed = false;

  constructor(recording: Recording, steps: readonly Step[]) {
    this.#replay = replay(recording);
    this.#steps = steps;
    this.logs = createDeskLogs(this.desk);
    this.#stops = [logOperations(this.desk, this.logs), followDesk(this.logs)];
  }

  get desk(): Desk {
    return this.#replay.desk;
  }

  get anomalies(): Replay["anomalies"] {
    return this.#replay.anomalies;
  }

  get differences(): Replay["differences"] {
    return this.#replay.differences;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** The number of steps that were replayed. */
  get place(): number {
    const { seq } = this.#replay.position;
    let [low, high] = [0, this.#steps.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#steps[middle]?.first.seq ?? Infinity) <= seq) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Replays up to a place, which must not be before the present one. */
  async to(place: number): Promise<void> {
    const step = this.#steps[place - 1];
    if (step !== undefined) await this.#replay.to({ seq: step.last.seq });
  }

  /** Replays until the next anomaly. @returns whether there was one */
  async toAnomaly(): Promise<boolean> {
    return (await this.#replay.untilAnomaly()) !== undefined;
  }

  readonly close = (): void => {
    this.#isClosed = true;
    this.#replay.close();
    for (const stop of this.#stops) stop();
  };
}

/** Notices that an agent types are not worth a line in a log. */
const unlogged = "SendNotification";

/** Logs the operations of a replayed desk, and selects the interactions that a live page would. @returns stops it */
function logOperations(desk: Desk, { activity, selection }: DeskLogs): () => void {
  const pending = new Map<number, (outcome: OperationOutcome) => void>();
  return desk.journal.subscribe(({ type, payload }) => {
    if (type === "perform") {
      const [request, key] = payload;
      if (typeof key !== "number" || request.operation === unlogged) return;
      const settle = activity.begin(subjectOf(request, desk), request.operation);
      pending.set(key, (outcome) => {
        settle(outcome);
        const id = nextOf(request, outcome);
        if (id !== undefined) selection.suggest(id);
      });
    } else if (type === "settled") {
      const [key, outcome] = payload;
      pending.get(key)?.(outcome);
      pending.delete(key);
    }
  });
}

function subjectOf({ target }: OperationRequest, desk: Desk): string {
  if (target.about === "channel") return humanize(target.channel);
  const interaction = desk.interaction(target.id);
  return interaction === undefined ? target.id : interactionTitle(interaction.getSnapshot());
}

/** Returns the id of the interaction that is worked on after an operation, where that changes. */
function nextOf(
  { operation, target }: OperationRequest,
  { outcome, interactionId }: OperationOutcome,
): string | undefined {
  if (outcome !== "Done") return undefined;
  return operation === "Accept" && target.about === "interaction" ? target.id : interactionId;
}
