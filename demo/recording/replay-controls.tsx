import type { ReactNode } from "react";
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
  return (
    <div className="replay-controls">
      <div className="buttons" role="group" aria-label="Go">
        <ReplayButton
          icon="M6 5v14M18 6l-9 6 9 6z"
          name="To the beginning"
          isIconOnly
          isDisabled={isAtBeginning}
          press={() => replay.go(0)}
        />
        <ReplayButton
          icon="M16 6l-9 6 9 6z"
          name="Back"
          isDisabled={isAtBeginning}
          press={() => replay.move(-1)}
        />
        {isPlaying ? (
          <ReplayButton key="play" icon="M8 6v12M16 6v12" name="Pause" press={replay.pause} />
        ) : (
          <ReplayButton
            key="play"
            icon="M7 5l12 7-12 7z"
            name="Play"
            isDisabled={isAtEnd}
            press={replay.play}
          />
        )}
        <ReplayButton icon="M8 6l9 6-9 6z" name="Step" isDisabled={isAtEnd} press={() => replay.move(1)} />
        <ReplayButton
          icon="M18 5v14M6 6l9 6-9 6z"
          name="To the end"
          isIconOnly
          isDisabled={isAtEnd}
          press={() => replay.go(last)}
        />
        <ReplayButton
          icon="M12 4l9 16H3zM12 10v5M12 17.5v.3"
          name="Next anomaly"
          isDisabled={isAtEnd}
          press={replay.goToAnomaly}
        />
      </div>
      <label className="replay-speed">
        <span>Speed</span>
        <select value={speed} onChange={({ target: { value } }) => replay.setSpeed(Number(value))}>
          {speeds.map((one) => (
            <option key={one} value={one}>
              {one} ×
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}

/** One control. It stays in place while it is disabled, so that it keeps the focus. */
function ReplayButton({
  icon,
  name,
  isIconOnly = false,
  isDisabled = false,
  press,
}: {
  /** The path of its icon. */
  readonly icon: string;
  readonly name: string;
  readonly isIconOnly?: boolean;
  readonly isDisabled?: boolean;
  readonly press: () => void;
}): ReactNode {
  return (
    <button
      type="button"
      className="button panel-button replay-button"
      aria-label={isIconOnly ? name : undefined}
      title={isIconOnly ? name : undefined}
      aria-disabled={isDisabled}
      onClick={() => {
        if (!isDisabled) press();
      }}
    >
      <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
        <path d={icon} />
      </svg>
      {!isIconOnly && name}
    </button>
  );
}
