import type { ConnectionSnapshot, OperationOutcomeName } from "../index.ts";
import type { ConnectionState } from "./desk-text.ts";

/** The emphasis of a text; each presentation chooses its own colors. */
export type Tone = "good" | "warning" | "bad" | "quiet";

const connectionTones: Readonly<Record<ConnectionState, Tone>> = {
  Offline: "quiet",
  Connecting: "warning",
  CatchingUp: "warning",
  Live: "good",
  Recovering: "warning",
  Stopped: "quiet",
};

const outcomeTones: Readonly<Record<OperationOutcomeName, Tone>> = {
  Done: "good",
  Refused: "bad",
  Revoked: "warning",
  Ended: "warning",
  Superseded: "quiet",
  TimedOut: "warning",
  LinkLost: "warning",
  Stopped: "quiet",
  NotAllowed: "warning",
};

/** Returns the tone of a connection; `bad` when the server made the desk stop. */
export function connectionTone({
  state,
  stopReason,
}: Pick<ConnectionSnapshot, "state" | "stopReason">): Tone {
  const isRefused = state === "Stopped" && stopReason !== null && stopReason !== "stop";
  return isRefused ? "bad" : connectionTones[state];
}

/** Returns the tone of an outcome. */
export function outcomeTone(outcome: OperationOutcomeName): Tone {
  return outcomeTones[outcome];
}
