import type { ReactNode } from "react";
import { Icon, Options, PanelButton } from "../controls.tsx";
import { useObservable } from "../observable-value.ts";
import type { ReplayController } from "./replay-controller.ts";

const speeds = [1, 5, 20, 100];

/** The controls that move through a recording. */
export function ReplayControls({ replay }: { readonly replay: ReplayController }): ReactNode {
  const { place, target, isPlaying, speed } = useObservable(replay);
  const last = replay.steps.length;
  const aim = typeof target === "number" ? target : place;
  const isAtBeginning = aim === 0;
  const isAtEnd = aim === last;
  const play = isPlaying
    ? { path: "M8 6v12M16 6v12", name: "Pause", isDisabled: false, press: replay.pause }
    : { path: "M7 5l12 7-12 7z", name: "Play", isDisabled: isAtEnd, press: replay.play };
  const back = { isDisabled: isAtBeginning };
  const on = { isDisabled: isAtEnd };
  const buttons = [
    { ...back, path: "M6 5v14M18 6l-9 6 9 6z", title: "To the beginning", press: () => replay.go(0) },
    { ...back, path: "M16 6l-9 6 9 6z", name: "Back", press: () => replay.move(-1) },
    play,
    { ...on, path: "M8 6l9 6-9 6z", name: "Step", press: () => replay.move(1) },
    { ...on, path: "M18 5v14M6 6l9 6-9 6z", title: "To the end", press: () => replay.go(last) },
    { ...on, path: "M12 4l9 16H3zM12 10v5M12 17.5v.3", name: "Next anomaly", press: replay.goToAnomaly },
  ];
  return (
    <div className="replay-controls">
      <div className="buttons" role="group" aria-label="Go">
        {buttons.map(({ path, name, title, ...button }: ReplayButton, index) => (
          <PanelButton key={index} className="replay-button" aria-label={title} title={title} {...button}>
            <Icon path={path} />
            {name}
          </PanelButton>
        ))}
      </div>
      <label className="replay-speed">
        <span>Speed</span>
        <select value={speed} onChange={({ target: { value } }) => replay.setSpeed(Number(value))}>
          <Options values={speeds} textOf={(one) => `${one} ×`} />
        </select>
      </label>
    </div>
  );
}

interface ReplayButton {
  readonly path: string;
  readonly name?: string;
  /** Its name, where it shows an icon alone. */
  readonly title?: string;
  readonly isDisabled: boolean;
  readonly press: () => void;
}
