import type { Clock } from "../../src/domain/clock.ts";
import type { ScriptedServer } from "./scripted-server.ts";

/** Time that stands still until a test moves it. */
export interface SimulatedTime extends Clock {
  /** Moves time on from timer to timer; promises that can settle do so in between. */
  advance(ms: number): Promise<void>;
  /** Timers that are set and have not run. */
  readonly pending: number;
}

/** Makes one. */
export function simulatedTime(): SimulatedTime {
  let now = 1_700_000_000_000;
  let count = 0;
  const timers = new Map<number, { due: number; run: () => void }>();
  return {
    now: () => now,
    setTimeout(run, ms) {
      timers.set(++count, { due: now + ms, run });
      return count;
    },
    clearTimeout: (timer) => void timers.delete(timer as number),
    async advance(ms) {
      const end = now + ms;
      await settle();
      for (;;) {
        let next = Infinity;
        for (const { due } of timers.values()) next = Math.min(next, due);
        if (next > end) break;
        now = Math.max(now, next);
        for (const [key, { due, run }] of timers) {
          if (due > now || !timers.delete(key)) continue;
          run();
        }
        await settle();
      }
      now = end;
    },
    get pending() {
      return timers.size;
    },
  };
}

/** Lets every promise settle that needs neither time nor a socket. */
export async function settle(): Promise<void> {
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
          const { status = 200, headers: told = {}, body: content = "" } = answer;
          const text = typeof content === "string" ? content : JSON.stringify(content);
          const list = Object.entries(told).flatMap(([name, value]) =>
            [value].flat().map((one): [string, string] => [name, one]),
          );
          resolve(new Response(status === 204 ? null : text, { status, headers: list }));
        }, reject);
    });
}
