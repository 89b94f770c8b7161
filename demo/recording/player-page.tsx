import type { Desk, OperationRules } from "deskstate";
import { DeskProvider } from "deskstate/react";
import { useEffect, type ReactNode } from "react";
import { Page } from "../page.tsx";
import { useReadable } from "../watchable.ts";
import { PlayerBar } from "./player-bar.tsx";
import type { PlayerDoor } from "./player-door.ts";
import type { Player } from "./player.ts";

/** The page on the desk of a recording. */
export function PlayerPage({
  player,
  door,
  live,
  rules,
}: {
  readonly player: Player;
  readonly door: PlayerDoor;
  /** The desk that goes on meanwhile. */
  readonly live: Pick<Desk, "invitations">;
  readonly rules: OperationRules;
}): ReactNode {
  const { run } = useReadable(player);
  useEffect(() => player.rest, [player]);
  return (
    <DeskProvider desk={run.desk}>
      <Page
        followers={run.followers}
        rules={rules}
        nickname=""
        reasons={[]}
        offerTimeout={undefined}
        clock={player.clock}
        isRecorded
        around={<PlayerBar player={player} door={door} live={live} />}
        note={<PlayerNote player={player} />}
      />
    </DeskProvider>
  );
}

/** What people wrote, and what stands in its place. */
function PlayerNote({ player }: { readonly player: Player }): ReactNode {
  const isClear = player.recording.header?.redaction === "clear";
  return (
    <p>
      {isClear
        ? "This recording holds what people wrote as it was. "
        : "In this recording stand-ins take the place of what people wrote and are called. "}
      It is read in this page and sent nowhere.
    </p>
  );
}
