import { useRef, type ReactNode, type Ref } from "react";

/** Asks for a file with a recording. */
export function OpenButton({
  open,
  buttonRef,
  children,
}: {
  readonly open: (file: File) => Promise<void>;
  readonly buttonRef?: Ref<HTMLButtonElement>;
  readonly children: ReactNode;
}): ReactNode {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button
        ref={buttonRef}
        type="button"
        className="button world-button"
        onClick={() => input.current?.click()}
      >
        {children}
      </button>
      <input
        ref={input}
        type="file"
        accept=".jsonl,.ndjson,.json,.txt,application/x-ndjson"
        hidden
        onChange={({ target }) => {
          const [file] = target.files ?? [];
          // The same file can be chosen again, after it was mended.
          target.value = "";
          if (file !== undefined) void open(file);
        }}
      />
    </>
  );
}
