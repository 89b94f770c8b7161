import type { Desk } from "deskstate";
import { DeskProvider } from "deskstate/react";
import type { Recorder } from "deskstate/recording";
import { Activity, useMemo, useState, type ReactNode } from "react";
import { useDeskLogs } from "./desk-logs.ts";
import { useObservable } from "./observable-value.ts";
import { Page, type PageProps } from "./page.tsx";
import { RecordingBar } from "./recording/recording-bar.tsx";
import { RecordingLoader } from "./recording/recording-loader.ts";
import { ReplayPage } from "./recording/replay-page.tsx";
import { useDroppedFile } from "./recording/use-dropped-file.ts";

interface AppProps extends Omit<PageProps, "logs" | "clock" | "isRecorded"> {
  readonly desk: Desk;
  /** The recorder of the desk. */
  readonly recorder: Recorder;
}

/** The live desk, or a recording in its place. The live desk keeps running, and is shown again as it was left. */
export function App({ desk, recorder, controls, ...options }: AppProps): ReactNode {
  const logs = useDeskLogs(desk);
  const clock = useMemo(() => ({ now: desk.journal.now }), [desk]);
  const [loader] = useState(() => new RecordingLoader());
  const { replay, count } = useObservable(loader);
  const isDragging = useDroppedFile(loader.open);
  return (
    <>
      <DeskProvider desk={desk} autoStart>
        <Activity mode={replay === undefined ? "visible" : "hidden"}>
          <Page
            {...options}
            logs={logs}
            clock={clock}
            controls={
              <>
                {controls}
                <RecordingBar recorder={recorder} loader={loader} />
              </>
            }
          />
        </Activity>
      </DeskProvider>
      {replay !== undefined && (
        <ReplayPage key={count} replay={replay} loader={loader} live={desk} rules={options.rules} />
      )}
      {isDragging && <p className="drop-hint">Drop a recording to open it</p>}
    </>
  );
}
