import { useEffect, useReducer } from "react";
import { useWorkplace } from "./workplace.tsx";

/** The time that a page goes by. */
export interface PageClock {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** The time of the desk in milliseconds since the epoch, rendered again each so many milliseconds. */
export function useNow(each: number): number {
  const { clock } = useWorkplace();
  const [, renderAgain] = useReducer((times: number) => times + 1, 0);
  useEffect(() => {
    const timer = setInterval(renderAgain, each);
    return () => clearInterval(timer);
  }, [each]);
  return clock.now();
}
