import type { Desk, OperationRules } from "deskstate";
import { DeskProvider } from "deskstate/react";
import { sanitizeLine } from "deskstate/text";
import { useEffect, useRef, type ReactNode } from "react";
import { PanelButton } from "../controls.tsx";
import { useObservable } from "../observable-value.ts";
import { Page } from "../page.tsx";
import { durationText } from "../time-text.ts";
import { LoaderNotice, OpenButton } from "./recording-bar.tsx";
import type { RecordingLoader } from "./recording-loader.ts";
import type { ReplayController } from "./replay-controller.ts";
import { ReplayControls } from "./replay-controls.tsx";
import { ReplayPosition } from "./replay-position.tsx";

interface ReplayPageProps {
  readonly replay: ReplayController;
  readonly loader: RecordingLoader;
  /** The live desk, which keeps running. */
  readonly live: Pick<Desk, "invitations">;
  readonly rules: OperationRules;
}

/** The page with the desk of a recording. */
export function ReplayPage({ rules, ...props }: ReplayPageProps): ReactNode {
  const { replay } = props;
  const { run } = useObservable(replay);
  useEffect(() => replay.stop, [replay]);
  const isClear = replay.recording.header?.redaction === "clear";
  return (
    <DeskProvider desk={run.replay.desk}>
      <Page
        logs={run.logs}
        rules={rules}
        nickname=""
        reasons={[]}
        offerTimeout={undefined}
        clock={replay.clock}
        isRecorded
        controls={<ReplayBar {...props} />}
        footer={
          <p>
            {isClear
              ? "This recording has the texts of people as they were. "
              : "In this recording the texts and names of people are replaced. "}
            It is read in this page and sent nowhere.
          </p>
        }
      />
    </DeskProvider>
  );
}

/** The bar in place of the simulator: the position in the recording, and the controls that move it. */
function ReplayBar({ replay, loader, live }: Omit<ReplayPageProps, "rules">): ReactNode {
  const heading = useRef<HTMLHeadingElement>(null);
  const offers = useObservable(live.invitations).length;
  // Keyboard users continue here.
  useEffect(() => heading.current?.focus(), []);
  return (
    <section className="replay" aria-label="Replay">
      <div className="replay-head">
        <h2 ref={heading} tabIndex={-1} data-focus-home>
          <bdi>{sanitizeLine(replay.name)}</bdi>
        </h2>
        <p>This is a recording: nothing can be sent. The live desk keeps running.</p>
        <div className="buttons">
          <OpenButton open={loader.open}>Open another</OpenButton>
          <PanelButton className="primary" press={loader.leave}>
            Back to the live desk{offers > 0 && ` (${offers} offered)`}
          </PanelButton>
        </div>
        <LoaderNotice loader={loader} />
      </div>
      <div className="replay-dock">
        <ReplayControls replay={replay} />
        <ReplayPosition replay={replay} />
      </div>
      <Findings replay={replay} />
    </section>
  );
}

const maxDifferences = 20;

/** Problems of the file, the anomalies up to the present place, and results that differ from the recorded ones. */
function Findings({ replay }: { readonly replay: ReplayController }): ReactNode {
  const { run, isWithoutAnomaly } = useObservable(replay);
  const { anomalies, differences } = run.replay;
  const { header, problem } = replay.recording;
  const last = anomalies.at(-1);
  return (
    <div className="replay-findings">
      {problem !== undefined && (
        <p className="notice" data-tone="warning">
          {problem.message} The entries before it are shown.
        </p>
      )}
      {isWithoutAnomaly && <p role="status">There is no anomaly after this.</p>}
      {last !== undefined && (
        <p className="notice" data-tone="warning">
          {anomalies.length === 1 ? "1 anomaly" : `${anomalies.length} anomalies`} up to here. At{" "}
          {durationText(last.at - (header?.startedAt ?? 0))}: <code>{last.code}</code> {last.message}
        </p>
      )}
      {differences.length > 0 && (
        <details className="notice" data-tone="bad">
          <summary>
            {differences.length === 1 ? "1 result differs" : `${differences.length} results differ`} from the
            recording
          </summary>
          <ul>
            {differences.slice(0, maxDifferences).map(({ seq, message }, index) => (
              <li key={index}>
                Entry {seq}: {message}
              </li>
            ))}
            {differences.length > maxDifferences && <li>and {differences.length - maxDifferences} more</li>}
          </ul>
        </details>
      )}
    </div>
  );
}
