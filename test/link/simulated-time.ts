import type { Clock } from "../../src/domain/clock.ts";
import type { ScriptedServer } from "./scripted-server.ts";

/** Time that stands still until a test moves it. */
export interface SimulatedTime extends Clock {
  /** Moves time on from timer to timer; promises that can settle do so in between. */
  advance(ms: number): Promise<void>;
  /** Moves time on, timer by timer, until the condition holds. Rejects when it does not within ten simulated minutes. */
  until(what: string, condition: () => boolean): Promise<void>;
  /** Timers that are set and have not run. */
  readonly pending: number;
}

interface Timer {
  readonly due: number;
  readonly run: () => void;
}

/** Creates a time that stands still. */
export function simulatedTime(): SimulatedTime {
  let now = 1_700_000_000_000;
  /** Timers by the millisecond in which they are due, so that a thousand clients cost little. */
  const agenda = new Map<number, Set<Timer>>();
  const dues: number[] = [];
  let pending = 0;
  const remove = (timer: Timer): boolean => {
    const isSet = agenda.get(timer.due)?.delete(timer) === true;
    if (isSet) pending--;
    return isSet;
  };
  const advance = async (ms: number): Promise<void> => {
    const end = now + ms;
    await settle();
    for (let due = dues[0]; due !== undefined && due <= end; due = dues[0]) {
      now = due;
      const timers = [...agenda.get(due)!];
      for (const timer of timers) if (remove(timer)) timer.run();
      if (timers.length > 0) await settle();
      if (agenda.get(due)!.size > 0) continue;
      agenda.delete(due);
      dues.splice(positionOf(dues, due), 1);
    }
    now = end;
  };
  return {
    now: () => now,
    setTimeout(run, ms) {
      const timer = { due: now + Math.ceil(Math.max(0, ms)), run };
      const together = agenda.get(timer.due);
      if (together !== undefined) together.add(timer);
      else {
        agenda.set(timer.due, new Set([timer]));
        dues.splice(positionOf(dues, timer.due), 0, timer.due);
      }
      pending++;
      return timer;
    },
    clearTimeout: (timer) => void (timer !== undefined && remove(timer as Timer)),
    advance,
    async until(what, condition) {
      const end = now + 600_000;
      for (;;) {
        await advance(0);
        if (condition()) return;
        const due = dues[0];
        if (due === undefined || due > end) throw new Error(`This never happened: ${what}.`);
        await advance(due - now);
      }
    },
    get pending() {
      return pending;
    },
  };
}

/** Where a number stands, or would, in a sorted list. */
function positionOf(sorted: readonly number[], wanted: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Lets every promise settle that needs neither time nor a socket. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
}

/** A `fetch` that reaches the server without sockets. */
export function fetchFrom(server: ScriptedServer): typeof globalThis.fetch {
  return (input, init = {}) =>
    new Promise((resolve, reject) => {
      const { signal, method = "GET", body } = init;
      const cut = (): void => reject(new DOMException("The request was cut.", "AbortError"));
      if (signal?.aborted === true) return cut();
      signal?.addEventListener("abort", cut, { once: true });
      const headers = Object.fromEntries(new Headers(init.headers));
      const path = String(input).replace(/^.*\/api\/v2/, "");
      void server
        .serve({ method, path, headers, text: typeof body === "string" ? body : "" })
        .then((answer) => {
          if (answer === undefined) return;
          const { status = 200, headers: given = {}, body: content = "" } = answer;
          const text = typeof content === "string" ? content : JSON.stringify(content);
          const list = Object.entries(given).flatMap(([name, value]) =>
            [value].flat().map((one): [string, string] => [name, one]),
          );
          resolve(new Response(status === 204 ? null : text, { status, headers: list }));
        }, reject);
    });
}
