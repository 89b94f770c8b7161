import type { Clock } from "../domain/clock.ts";
import type { Desk } from "./desk.ts";

/** Creates `desk.retain`. The desk runs while it has holders, with options that at least one of them wants. */
export function createRetain({ start, stop }: Pick<Desk, "start" | "stop">, clock: Clock): Desk["retain"] {
  const holders = new Set<{ readonly wanted: string }>();
  /** The options that the desk was started with; `undefined` while it has no holder. */
  let running: string | undefined;
  return (options = {}) => {
    const holder = { wanted: JSON.stringify(options) };
    holders.add(holder);
    const isWanted = [...holders].some(({ wanted }) => wanted === running);
    if (running !== undefined && !isWanted) void stop();
    if (holders.size === 1 || !isWanted) {
      running = holder.wanted;
      start(options).catch(() => {});
    }
    return () => {
      if (!holders.delete(holder) || holders.size > 0) return;
      clock.setTimeout(() => {
        if (holders.size > 0) return;
        running = undefined;
        void stop();
      }, 0);
    };
  };
}
