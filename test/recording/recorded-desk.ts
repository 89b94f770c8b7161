import { createDesk, type Desk } from "deskstate";
import { record, type Recorder, type RecordOptions } from "deskstate/recording";
import { handClock, type HandClock } from "../simulator/hand-clock.ts";
import { settle } from "../desk/hand-desk.ts";
import { HandLink } from "./hand-link.ts";

/** A desk that is recorded from the beginning, and whose server and clock are in the hands of the test. */
export interface RecordedDesk {
  readonly desk: Desk;
  readonly hand: HandLink;
  readonly clock: HandClock;
  readonly recorder: Recorder;
  /** Delivers the `data` of notifications on the interactions topic. */
  readonly notify: (...data: object[]) => void;
  /** Answers the operation that was asked for last. */
  readonly acknowledge: () => Promise<void>;
}

/** Makes one and makes it Live. */
export async function recordedDesk(options: RecordOptions = {}): Promise<RecordedDesk> {
  const hand = new HandLink();
  const clock = handClock();
  const desk = createDesk({ link: hand.link, clock, random: () => 0.5 });
  const recorder = record(desk, options);
  void desk.start().catch(() => {});
  hand.sink?.onConnected({ isAcknowledging: true });
  hand.readings.shift()?.(hand.reading([], [{ channel: "chat", userState: { state: "Ready" } }]));
  await settle();
  return {
    desk,
    hand,
    clock,
    recorder,
    notify: (...data) => {
      for (const one of data) hand.deliver({ channel: "/v2/me/interactions", data: one });
    },
    acknowledge: async () => {
      hand.asked.pop()?.answer({ kind: "acknowledged" });
      await settle();
    },
  };
}
