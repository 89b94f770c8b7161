import type { ReactNode } from "react";

/** Attaches a new entry to the user data. */
export function NewEntry({
  isPossible,
  attach,
}: {
  readonly isPossible: boolean;
  readonly attach: (key: string, value: string) => void;
}): ReactNode {
  return (
    <form
      className="new-entry"
      aria-label="New entry"
      onSubmit={(event) => {
        event.preventDefault();
        const form = event.currentTarget;
        const [key, value] = [...new FormData(form).values()];
        if (!isPossible || typeof key !== "string" || typeof value !== "string" || key.trim() === "") return;
        attach(key.trim(), value);
        form.reset();
        form.querySelector("input")?.focus();
      }}
    >
      <input
        name="key"
        aria-label="New key"
        placeholder="New key"
        autoComplete="off"
        required
        maxLength={256}
      />
      <input name="value" aria-label="New value" placeholder="Value" autoComplete="off" />
      <button type="submit" className="button small" aria-disabled={!isPossible}>
        Attach
      </button>
    </form>
  );
}
