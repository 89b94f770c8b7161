import type { Recorder } from "deskstate/recording";
import { sanitizeLine } from "deskstate/text";
import { useEffect, useRef, type ReactNode, type Ref } from "react";
import { CrossButton, PanelButton } from "../controls.tsx";
import { useDemoContext } from "../demo-context.tsx";
import { useObservable } from "../observable-value.ts";
import type { RecordingLoader } from "./recording-loader.ts";

interface RecordingBarProps {
  readonly recorder: Recorder;
  readonly loader: RecordingLoader;
}

/** The controls beside the live desk that save its recording, and open one. */
export function RecordingBar({ recorder, loader }: RecordingBarProps): ReactNode {
  const { activity } = useDemoContext().logs;
  const { count } = useObservable(loader);
  const openButton = useRef<HTMLButtonElement>(null);
  const lastCount = useRef(count);
  // Effects run again when the live desk is shown again.
  useEffect(() => {
    if (count !== lastCount.current) openButton.current?.focus();
    lastCount.current = count;
  }, [count]);
  const save = () => {
    const name = saveRecording(recorder.text, new Date());
    activity.add("The recording", `saved as ${name}`, "good");
  };
  return (
    <section className="recording" aria-label="Recording">
      <h2>Recording</h2>
      <PanelButton press={save}>Save the recording</PanelButton>
      <OpenButton open={loader.open} buttonRef={openButton}>
        Open a recording
      </OpenButton>
      <p className="recording-hint">
        Everything since this page was opened, including what the invented customers wrote. A file can be
        dropped here too.
      </p>
      <LoaderNotice loader={loader} />
    </section>
  );
}

interface OpenButtonProps {
  readonly open: (file: File) => Promise<void>;
  readonly buttonRef?: Ref<HTMLButtonElement>;
  readonly children: ReactNode;
}

/** A button that asks for a file with a recording. */
export function OpenButton({ open, buttonRef, children }: OpenButtonProps): ReactNode {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <PanelButton ref={buttonRef} press={() => input.current?.click()}>
        {children}
      </PanelButton>
      <input
        ref={input}
        type="file"
        accept=".jsonl,.ndjson,.json,.txt,application/x-ndjson"
        hidden
        onChange={({ target }) => {
          const [file] = target.files ?? [];
          // The same file can be chosen again, after it was corrected.
          target.value = "";
          if (file !== undefined) void open(file);
        }}
      />
    </>
  );
}

/** The name of the file that is being read, or why the last one was not opened. */
export function LoaderNotice({ loader }: { readonly loader: RecordingLoader }): ReactNode {
  const { reading, failure } = useObservable(loader);
  if (reading !== undefined) return <p role="status">Reading {sanitizeLine(reading)} …</p>;
  if (failure === undefined) return null;
  return (
    <p className="notice can-close" data-tone="bad" role="alert">
      <span>{failure}</span>
      <CrossButton aria-label="Close this message" title="Close" press={loader.dismissFailure} />
    </p>
  );
}

/** Makes the browser save the text of a recording as a file. @returns the name of the file */
function saveRecording(text: string, now: Date): string {
  const name = `deskstate-${now.toISOString().slice(0, 19).replaceAll(":", "-")}.jsonl`;
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/x-ndjson" }));
  link.download = name;
  link.click();
  // A slow browser still needs the URL for a while.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  return name;
}
