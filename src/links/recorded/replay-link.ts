import { together } from "../../dialects/list-content.ts";
import type { Decoded, Dialect } from "../../dialects/dialect.ts";
import type { Clock } from "../../domain/clock.ts";
import type { OperationRequest, ServerAnswer } from "../../domain/request.ts";
import type { Link, LinkListener, Reading } from "../../desk/link.ts";

/** The link of a desk that is replayed, and its clock: they do what the replay asks, and nothing by themselves. */
export class ReplayLink {
  /** The present time of the clock. */
  now: number;
  /** Where the link reports; `undefined` while the desk is not connected to it. */
  listener: LinkListener | undefined;
  readonly link: Link;
  readonly clock: Clock;
  readonly #timers = new Map<string, () => void>();
  readonly #answers = new Map<OperationRequest["parameters"], (answer: ServerAnswer) => void>();
  readonly #deliveredIds = new Set<string>();
  #read: ((reading: Reading) => void) | undefined;

  constructor({ rules, name: dialect }: Dialect, startedAt: number) {
    this.now = startedAt;
    this.link = {
      rules,
      dialect,
      connect: (listener) => {
        this.listener = listener;
      },
      disconnect: () => {
        this.listener = undefined;
        return Promise.resolve();
      },
      readList: () => {
        this.#deliveredIds.clear();
        // Only the last reading counts, because the desk gives up any earlier one.
        return new Promise((resolve) => (this.#read = resolve));
      },
      // The desk passes the same parameters each time that it sends an operation, and shares them with no other.
      perform: ({ parameters }) => new Promise((resolve) => this.#answers.set(parameters, resolve)),
    };
    this.clock = {
      now: () => this.now,
      setTimeout: (run, _ms, name = "") => {
        this.#timers.set(name, run);
        return { name, run };
      },
      clearTimeout: (timer) => {
        const set = timer as { readonly name: string; readonly run: () => void } | undefined;
        if (set !== undefined && this.#timers.get(set.name) === set.run) this.#timers.delete(set.name);
      },
    };
  }

  /** Whether the desk waits for the server's list. */
  get isReading(): boolean {
    return this.#read !== undefined;
  }

  /** The interactions that notifications were about since the desk last asked for the list. */
  get deliveredIds(): ReadonlySet<string> {
    return this.#deliveredIds;
  }

  /** Delivers a notification. */
  deliver({ facts, anomalies }: Pick<Decoded, "facts"> & Partial<Decoded>, frame?: unknown): void {
    for (const fact of facts) if (fact.about === "interaction") this.#deliveredIds.add(fact.id);
    this.listener?.onFacts(facts, anomalies, frame);
  }

  /** Passes the list that the desk waits for. */
  read(reading: Reading): void {
    const resolve = this.#read;
    this.#read = undefined;
    resolve?.(reading);
  }

  /** Answers an operation. @returns false when it does not wait for an answer. */
  answer(parameters: OperationRequest["parameters"], answer: ServerAnswer): boolean {
    const resolve = this.#answers.get(parameters);
    this.#answers.delete(parameters);
    resolve?.(answer);
    return resolve !== undefined;
  }

  /** Runs a timer. @returns false when none with this name is set. */
  timer(name: string): boolean {
    const run = this.#timers.get(name);
    this.#timers.delete(name);
    run?.();
    return run !== undefined;
  }
}

/** Returns the server's list as the dialect reads its bodies. */
export function readBodies({ lists }: Dialect, bodies: readonly unknown[]): Reading {
  const contents = lists.flatMap((list, index) => list.read(bodies[index]) ?? []);
  return { kind: "read", ...together(contents), bodies };
}
