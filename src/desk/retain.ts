import type { Clock } from "../domain/clock.ts";
import type { Desk } from "./desk.ts";

/** Counts the holders of a desk: it runs while there are some. */
export function createRetain({ start, stop }: Pick<Desk, "start" | "stop">, clock: Clock): Desk["retain"] {
  let holders = 0;
  let stopping: unknown;
  return (options) => {
    clock.clearTimeout(stopping);
    if (holders++ === 0) start(options).catch(() => {});
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      if (--holders === 0) stopping = clock.setTimeout(() => void stop(), 0);
    };
  };
}
