import type { ReactNode } from "react";
import { useReadable } from "../watchable.ts";
import { PlayerButton } from "./player-button.tsx";
import type { Player } from "./player.ts";

const speeds = [1, 5, 20, 100];

/** How to go about in a recording. */
export function PlayerControls({ player }: { readonly player: Player }): ReactNode {
  const { place, wish, isPlaying, speed } = useReadable(player);
  const last = player.steps.length;
  const aim = typeof wish === "number" ? wish : place;
  const isBegin = aim === 0;
  const isEnd = aim === last;
  return (
    <div className="player-controls">
      <div className="buttons" role="group" aria-label="Go">
        <PlayerButton
          icon="M6 5v14M18 6l-9 6 9 6z"
          name="To the beginning"
          isIconOnly
          isOff={isBegin}
          press={() => player.go(0)}
        />
        <PlayerButton icon="M16 6l-9 6 9 6z" name="Back" isOff={isBegin} press={() => player.move(-1)} />
        {isPlaying ? (
          <PlayerButton key="play" icon="M8 6v12M16 6v12" name="Pause" press={player.pause} />
        ) : (
          <PlayerButton key="play" icon="M7 5l12 7-12 7z" name="Play" isOff={isEnd} press={player.play} />
        )}
        <PlayerButton icon="M8 6l9 6-9 6z" name="Step" isOff={isEnd} press={() => player.move(1)} />
        <PlayerButton
          icon="M18 5v14M6 6l9 6-9 6z"
          name="To the end"
          isIconOnly
          isOff={isEnd}
          press={() => player.go(last)}
        />
        <PlayerButton
          icon="M12 4l9 16H3zM12 10v5M12 17.5v.3"
          name="Next anomaly"
          isOff={isEnd}
          press={player.goToAnomaly}
        />
      </div>
      <label className="player-speed">
        <span>Speed</span>
        <select value={speed} onChange={({ target }) => player.setSpeed(Number(target.value))}>
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
