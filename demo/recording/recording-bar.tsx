import type { Recorder } from "deskstate/recording";
import { useEffect, useRef, type ReactNode } from "react";
import { useReadable } from "../watchable.ts";
import { useWorkplace } from "../workplace.tsx";
import { DoorNotice } from "./door-notice.tsx";
import { OpenButton } from "./open-button.tsx";
import type { PlayerDoor } from "./player-door.ts";
import { saveRecording } from "./save-recording.ts";

/** Beside the live desk: what has happened on it can be saved, and what was saved can be opened. */
export function RecordingBar({
  recorder,
  door,
}: {
  readonly recorder: Recorder;
  readonly door: PlayerDoor;
}): ReactNode {
  const { activity } = useWorkplace();
  const { count } = useReadable(door);
  const openButton = useRef<HTMLButtonElement>(null);
  const lastCount = useRef(count);
  // Effects begin again when the live desk is shown again.
  useEffect(() => {
    if (count !== lastCount.current) openButton.current?.focus();
    lastCount.current = count;
  }, [count]);
  const save = () => {
    const name = saveRecording(recorder.text, new Date());
    activity.tell("The recording", `saved as ${name}`, "good");
  };
  return (
    <section className="recording" aria-label="Recording">
      <h2>Recording</h2>
      <button type="button" className="button world-button" onClick={save}>
        Save what happened
      </button>
      <OpenButton open={door.open} buttonRef={openButton}>
        Open a recording
      </OpenButton>
      <p className="recording-hint">
        Everything since this page was opened, with what the invented customers wrote. A file can be dropped
        here too.
      </p>
      <DoorNotice door={door} />
    </section>
  );
}
