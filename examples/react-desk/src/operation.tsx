import { useState, type FormEvent, type ReactNode } from "react";
import type { OperationOutcome } from "deskstate";

interface OperationProps {
  /** Present only while the server allows it. */
  readonly action: (() => Promise<OperationOutcome>) | undefined;
  readonly onDone?: (outcome: OperationOutcome) => void;
  readonly className?: string;
  readonly children: ReactNode;
}

/** A button that exists while its operation can be performed. */
export function Operation({ action, onDone, className, children }: OperationProps) {
  const { problem, perform } = usePerform(onDone);
  return (
    <>
      {action && (
        <button className={className} onClick={() => void perform(action())}>
          {children}
        </button>
      )}
      {problem}
    </>
  );
}

interface DraftProps {
  readonly label: string;
  readonly action: ((text: string) => Promise<OperationOutcome>) | undefined;
  readonly onDone?: () => void;
}

/** A text to send. It stays in the field until the server has confirmed it. */
export function Draft({ label, action, onDone }: DraftProps) {
  const [text, setText] = useState("");
  const { problem, perform } = usePerform(() => {
    setText("");
    onDone?.();
  });
  function submit(event: FormEvent) {
    event.preventDefault();
    void perform(action?.(text));
  }
  return (
    <form onSubmit={submit}>
      <label>
        {label} <textarea rows={3} value={text} onChange={({ target }) => setText(target.value)} required />
      </label>
      <button className="primary" disabled={action === undefined}>
        Send
      </button>
      {problem}
    </form>
  );
}

/** Awaits operations. `problem` shows the failure of the last one. */
function usePerform(onDone?: (outcome: OperationOutcome) => void) {
  const [problem, setProblem] = useState<ReactNode>();
  async function perform(operation: Promise<OperationOutcome> | undefined) {
    const outcome = await operation;
    if (outcome === undefined) return;
    const isDone = outcome.outcome === "Done";
    setProblem(
      isDone ? null : <p role="alert">{`${outcome.operation}: ${outcome.message ?? outcome.outcome}`}</p>,
    );
    if (isDone) onDone?.(outcome);
  }
  return { problem, perform };
}
