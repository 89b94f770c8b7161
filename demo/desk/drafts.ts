import { useState } from "react";

/** What was written and not sent, so that another interaction can be looked at meanwhile. Kept for this page only. */
const drafts = new Map<string, string>();

/** A text that is being written, by a key of its own. */
export function useDraft(key: string, initial = ""): readonly [string, (text: string) => void] {
  const [text, setText] = useState(() => drafts.get(key) ?? initial);
  return [
    text,
    (next) => {
      if (next === initial) drafts.delete(key);
      else drafts.set(key, next);
      setText(next);
    },
  ];
}
