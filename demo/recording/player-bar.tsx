import type { Desk } from "deskstate";
import { useEffect, useRef, type ReactNode } from "react";
import { sanitizeLine as plain } from "deskstate/text";
import { useReadable } from "../watchable.ts";
import { DoorNotice } from "./door-notice.tsx";
import { OpenButton } from "./open-button.tsx";
import { PlayerControls } from "./player-controls.tsx";
import type { PlayerDoor } from "./player-door.ts";
import { PlayerFindings } from "./player-findings.tsx";
import { PlayerPosition } from "./player-position.tsx";
import type { Player } from "./player.ts";

/** In place of the world: where the recording stands, and how to go about in it. */
export function PlayerBar({
  player,
  door,
  live,
}: {
  readonly player: Player;
  readonly door: PlayerDoor;
  readonly live: Pick<Desk, "invitations">;
}): ReactNode {
  const heading = useRef<HTMLHeadingElement>(null);
  const offers = useReadable(live.invitations).length;
  // Whoever opened it by keyboard goes on here.
  useEffect(() => heading.current?.focus(), []);
  return (
    <section className="player" aria-label="Player">
      <div className="player-head">
        <h2 ref={heading} tabIndex={-1} data-focus-home>
          <bdi>{plain(player.name)}</bdi>
        </h2>
        <p>This is a recording: nothing can be sent. The live desk goes on meanwhile.</p>
        <div className="buttons">
          <OpenButton open={door.open}>Open another</OpenButton>
          <button type="button" className="button primary world-button" onClick={door.leave}>
            Back to the live desk
            {offers > 0 && ` (${offers} offered)`}
          </button>
        </div>
        <DoorNotice door={door} />
      </div>
      <div className="player-dock">
        <PlayerControls player={player} />
        <PlayerPosition player={player} />
      </div>
      <PlayerFindings player={player} />
    </section>
  );
}
