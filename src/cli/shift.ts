import type { Availability, Desk } from "../index.ts";
import type { Operate, Subject } from "./reporter.ts";
import { until } from "./wait.ts";

/** What an automatic agent works with. */
export interface Shift {
  readonly desk: Desk;
  readonly operate: Operate;
  /** What customers see as the agent's name. */
  readonly nickname: string;
  /** Aborted when no new work is begun and the rest is finished without a pause for thought. */
  readonly closing: AbortSignal;
  /** Aborted when whatever is left stays as it is. */
  readonly over: AbortSignal;
}

/**
 * Waits until an operation is possible, through losses of the connection.
 *
 * @returns false when it will not become possible by waiting: not granted, ended, or the shift is over.
 */
export async function isPossible(subject: Subject, operation: string, shift: Shift): Promise<boolean> {
  const can = () => (subject.can as (operation: string) => Availability)(operation);
  const passing: readonly string[] = ["not-live", "pending", "excluded"];
  const isSettled = () => {
    const availability = can();
    return availability.allowed || !passing.includes(availability.reason);
  };
  return (await until([subject, shift.desk.connection], isSettled, shift.over)) && can().allowed;
}
