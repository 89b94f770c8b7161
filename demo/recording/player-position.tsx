import type { CSSProperties, ReactNode } from "react";
import { useReadable } from "../watchable.ts";
import { useNow } from "../use-now.ts";
import { stepWords } from "./entry-words.ts";
import type { Player } from "./player.ts";
import { timeText } from "./time-text.ts";

/** Where a recording stands, and what happened last. */
export function PlayerPosition({ player }: { readonly player: Player }): ReactNode {
  const { run, place, wish, isPlaying } = useReadable(player);
  const { steps, recording } = player;
  const step = steps[place - 1];
  const last = steps.at(-1)?.last;
  const entry = step === undefined ? `Before the first entry` : `Entry ${step.last.seq}`;
  const where = `${entry} of ${last?.seq ?? 0}`;
  const isOnTheWay = wish !== undefined;
  const aim = typeof wish === "number" ? wish : place;
  return (
    <div className="player-position">
      <input
        type="range"
        aria-label="Place in the recording"
        aria-valuetext={`${where}, ${timeText(step?.last.t ?? 0)}`}
        title="The arrow keys go one step on or back"
        min={0}
        max={steps.length}
        value={aim}
        style={shareOf(aim / steps.length)}
        onChange={({ target }) => player.go(Number(target.value))}
      />
      <p className="player-time">
        <Time player={player} /> of {timeText(last?.t ?? 0)}
      </p>
      <p
        role="status"
        aria-label="Where the recording stands"
        aria-live={isPlaying ? "off" : "polite"}
        aria-busy={isOnTheWay}
        className="player-last"
      >
        <strong>{where}</strong>{" "}
        <span dir="auto">
          {step === undefined ? "Nothing has happened yet." : stepWords(step, recording, run.desk)}
        </span>
      </p>
    </div>
  );
}

/** How much of the slider is behind; its style sheet draws that. */
function shareOf(share: number): CSSProperties {
  return { "--share": `${share * 100}%` } as CSSProperties;
}

/** It passes while the recording is played. */
function Time({ player }: { readonly player: Player }): ReactNode {
  useNow(100);
  return timeText(player.time);
}
