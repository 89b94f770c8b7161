import { readRecording } from "deskstate/recording";
import { expect, vi } from "vitest";
import { ReplayController } from "../../demo/recording/replay-controller.ts";
import type { ReplayRun } from "../../demo/recording/replay-run.ts";
import { recordedDesk } from "../recording/recorded-desk.ts";
import { email } from "../desk/hand-desk.ts";
import { readSome } from "./some-recording.ts";

/** A replay of the recording of {@link readSome}. */
export async function someReplay(): Promise<ReplayController> {
  return new ReplayController("some.jsonl", await readSome());
}

/** A replay of a recording in which one email changes so often. */
export async function longReplay(changes: number): Promise<ReplayController> {
  const { notify, recorder } = await recordedDesk({ includeCustomerData: true });
  notify(email("e", "Accepted"));
  for (let turn = 0; turn < changes; turn++) notify(email("e", "PropertiesChanged", { userData: { turn } }));
  return new ReplayController("long.jsonl", readRecording(recorder.text));
}

/** Waits until a replay stands where it was sent. */
export async function arrived(replay: ReplayController): Promise<void> {
  await vi.waitFor(() => expect(replay.getSnapshot().target).toBeUndefined(), {
    timeout: 8_000,
    interval: 5,
  });
}

/** Whether a replay was closed: then it goes nowhere any more. */
export async function isClosed({ replay }: ReplayRun): Promise<boolean> {
  return !(await replay.seek(replay.position));
}

export async function go(replay: ReplayController, place: number): Promise<void> {
  replay.go(place);
  await arrived(replay);
}

/** The `seq` of the entry that was played last. */
export function seqOf(replay: ReplayController): number | undefined {
  return replay.steps[replay.getSnapshot().place - 1]?.at(-1)?.seq;
}

/** The state of each interaction that is shown. */
export function states(replay: ReplayController): string[] {
  const { interactions, ended } = replay.getSnapshot().run.replay.desk;
  return [...interactions.getSnapshot(), ...ended.getSnapshot()].map(({ id, state }) => `${id} ${state}`);
}
