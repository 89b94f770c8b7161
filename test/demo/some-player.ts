import { readRecording } from "deskstate/recording";
import { expect, vi } from "vitest";
import { Player } from "../../demo/recording/player.ts";
import { recordedDesk } from "../recording/recorded-desk.ts";
import { email } from "../desk/hand-desk.ts";
import { readSome } from "./some-recording.ts";

/** A player of the recording of {@link readSome}. */
export async function somePlayer(): Promise<Player> {
  return new Player("some.jsonl", await readSome());
}

/** A player of a recording in which one email changes so often. */
export async function longPlayer(changes: number): Promise<Player> {
  const { notify, recorder } = await recordedDesk({ includeCustomerData: true });
  notify(email("e", "Accepted"));
  for (let turn = 0; turn < changes; turn++) notify(email("e", "PropertiesChanged", { userData: { turn } }));
  return new Player("long.jsonl", readRecording(recorder.text));
}

/** Waits until a player stands where it was sent. */
export async function arrived(player: Player): Promise<void> {
  await vi.waitFor(() => expect(player.getSnapshot().wish).toBeUndefined(), { timeout: 8_000, interval: 5 });
}

export async function go(player: Player, place: number): Promise<void> {
  player.go(place);
  await arrived(player);
}

/** The `seq` of the entry that was played last. */
export function seqOf(player: Player): number | undefined {
  return player.steps[player.getSnapshot().place - 1]?.last.seq;
}

/** The state of each interaction that is shown. */
export function states(player: Player): string[] {
  const { interactions, ended } = player.getSnapshot().run.desk;
  return [...interactions.getSnapshot(), ...ended.getSnapshot()].map(({ id, state }) => `${id} ${state}`);
}
