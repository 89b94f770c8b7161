import type { Desk } from "../index.ts";

/** Has an observer of this desk throw, once: whoever inspects is told at once, at any time. */
export function failOnce(desk: Desk): void {
  let hasFailed = false;
  const fail = (): void => {
    if (hasFailed) return;
    hasFailed = true;
    throw new Error("An observer of the recorded desk threw.");
  };
  desk.inspect(fail)();
}
