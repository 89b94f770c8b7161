import { useState } from "react";
import { useDemoContext } from "../demo-context.tsx";

/** Returns a text that is being written, and a function to change it. It stays while another interaction is shown. */
export function useDraft(key: string, initial = ""): readonly [string, (text: string) => void] {
  const { drafts } = useDemoContext().logs;
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
