import type { Desk } from "deskstate";
import { DeskProvider } from "deskstate/react";
import type { Recorder } from "deskstate/recording";
import { Activity, useMemo, useState, type ReactNode } from "react";
import { Page, type PageProps } from "./page.tsx";
import { PlayerDoor } from "./recording/player-door.ts";
import { PlayerPage } from "./recording/player-page.tsx";
import { RecordingBar } from "./recording/recording-bar.tsx";
import { useDroppedFile } from "./recording/use-dropped-file.ts";
import { useReadable } from "./watchable.ts";
import { useFollowers } from "./workplace.tsx";

/** What the live desk is shown with. */
interface AppProps extends Omit<PageProps, "followers" | "clock" | "isRecorded"> {
  readonly desk: Desk;
  /** What writes down what happens to the desk. */
  readonly recorder: Recorder;
}

/** The live desk, or in its place a recording. Meanwhile the live one goes on, and is as it was left when it is shown again. */
export function App({ desk, recorder, around, ...options }: AppProps): ReactNode {
  const followers = useFollowers(desk);
  const clock = useMemo(() => ({ now: desk.journal.now }), [desk]);
  const [door] = useState(() => new PlayerDoor());
  const { player, count } = useReadable(door);
  const isOver = useDroppedFile(door.open);
  return (
    <>
      <DeskProvider desk={desk} autoStart>
        <Activity mode={player === undefined ? "visible" : "hidden"}>
          <Page
            {...options}
            followers={followers}
            clock={clock}
            around={
              <>
                {around}
                <RecordingBar recorder={recorder} door={door} />
              </>
            }
          />
        </Activity>
      </DeskProvider>
      {player !== undefined && (
        <PlayerPage key={count} player={player} door={door} live={desk} rules={options.rules} />
      )}
      {isOver && <p className="drop-hint">Drop a recording to open it</p>}
    </>
  );
}
