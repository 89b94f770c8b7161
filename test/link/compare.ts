import { isDeepStrictEqual } from "node:util";
import type { Desk } from "../../src/index.ts";
import type { Simulator } from "../../src/simulator/index.ts";
import { differences } from "./differences.ts";
import { pictureOfDesk, pictureOfTruth } from "./picture.ts";
import type { PacedClock } from "./paced-clock.ts";

let marks = 0;

/**
 * Compares what a desk shows with what its server knows, while no fault is active. Returns the differences, one line
 * each.
 *
 * While the desk is Live, a mark is sent behind everything that the server has sent. When the mark arrives over the
 * same connection and the server has sent nothing since, what the desk shows is what the server knows.
 */
export async function compare(
  desk: Desk,
  simulator: Simulator,
  user: string,
  clock: PacedClock,
): Promise<string[]> {
  const { connection } = desk;
  const truth = () => pictureOfTruth(simulator.snapshot(user));
  const shown = () => pictureOfDesk(desk, Object.keys(simulator.snapshot(user).channels));
  for (;;) {
    await clock.until("the desk is Live", () => connection.state === "Live");
    const before = truth();
    const mark = `mark${++marks}`;
    let wasLost = false;
    const watching = connection.subscribe(() => (wasLost = true));
    const entry = { channel: "marks", userState: { state: "NotReady", reason: mark } };
    simulator.notify(user, "/v2/me/channels", { channels: [entry] });
    const hasArrived = () => desk.channel("marks").reason === mark;
    await clock.until("a mark arrives, or the desk is not Live", () => wasLost || hasArrived());
    // What ended without a word, or may be a new offer, is looked up in the server's list; that takes a moment.
    const isEqual = () => isDeepStrictEqual(shown(), truth());
    try {
      await clock.until("the desk shows the state of the server", () => wasLost || isEqual());
    } catch {
      return ["The desk is Live, but what it shows is not so:", ...differences(shown(), truth())];
    } finally {
      watching.unsubscribe();
    }
    if (!wasLost && isDeepStrictEqual(before, truth())) return [];
  }
}
