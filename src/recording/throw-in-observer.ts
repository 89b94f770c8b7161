import type { Desk } from "../index.ts";

/** Throws in an observer of this desk, once. An inspector is called synchronously, at any time. */
export function throwInObserver(desk: Desk): void {
  let hasFailed = false;
  const fail = (): void => {
    if (hasFailed) return;
    hasFailed = true;
    throw new Error("A listener of the recorded desk threw.");
  };
  desk.inspect(fail)();
}
