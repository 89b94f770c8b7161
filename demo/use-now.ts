import { useEffect, useReducer } from "react";
import { useDemoContext } from "./demo-context.tsx";

/** Returns the desk's time in milliseconds since the epoch, and re-renders every `interval` milliseconds. */
export function useNow(interval: number): number {
  const { clock } = useDemoContext();
  const [, rerender] = useReducer((times: number) => times + 1, 0);
  useEffect(() => {
    const timer = setInterval(rerender, interval);
    return () => clearInterval(timer);
  }, [interval]);
  return clock.now();
}
