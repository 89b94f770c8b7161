import type { CSSProperties, ReactNode } from "react";
import { useObservable } from "../observable-value.ts";
import { durationText } from "../time-text.ts";
import { useNow } from "../use-now.ts";
import { stepText } from "./entry-text.ts";
import type { ReplayController } from "./replay-controller.ts";

/** The position in a recording, and what happened last. */
export function ReplayPosition({ replay }: { readonly replay: ReplayController }): ReactNode {
  const { run, place, target, isPlaying } = useObservable(replay);
  const { steps, recording } = replay;
  const step = steps[place - 1];
  const last = recording.entries.at(-1);
  const { seq, t } = run.replay.position;
  const entry = step === undefined ? "Before the first entry" : `Entry ${seq}`;
  const position = `${entry} of ${last?.seq ?? 0}`;
  const aim = typeof target === "number" ? target : place;
  return (
    <div className="replay-position">
      <input
        type="range"
        aria-label="Position in the recording"
        aria-valuetext={`${position}, ${durationText(t)}`}
        title="The arrow keys move by one step"
        min={0}
        max={steps.length}
        value={aim}
        style={shareOf(aim / steps.length)}
        onChange={({ target: { value } }) => replay.go(Number(value))}
      />
      <p className="replay-time">
        <Time replay={replay} /> of {durationText(last?.t ?? 0)}
      </p>
      <p
        role="status"
        aria-label="Current entry"
        aria-live={isPlaying ? "off" : "polite"}
        aria-busy={target !== undefined}
        className="replay-last"
      >
        <strong>{position}</strong>{" "}
        <span dir="auto">
          {step === undefined ? "Nothing has happened yet." : stepText(step, recording, run.replay.desk)}
        </span>
      </p>
    </div>
  );
}

/** The share of the slider that the style sheet draws as done. */
function shareOf(share: number): CSSProperties {
  return { "--share": `${share * 100}%` } as CSSProperties;
}

/** The time of the recording, which runs while it is played. */
function Time({ replay }: { readonly replay: ReplayController }): ReactNode {
  useNow(100);
  return durationText(replay.time);
}
