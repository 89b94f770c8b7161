import { emitKeypressEvents, type Key } from "node:readline";
import type { ReadStream } from "node:tty";

/** One key that was pressed. */
export interface KeyPress {
  /** Such as `a`, `up` or `return`; empty for what has no name. */
  readonly name: string;
  readonly ctrl: boolean;
  /** What it types; empty for keys that type nothing. */
  readonly text: string;
}

/** Reads single keys of a terminal until the answer is called. What is pasted comes as keys too. */
export function readKeys(stdin: ReadStream, pressed: (key: KeyPress) => void): () => void {
  const listener = (text: string | undefined, key: Key): void => {
    const types = text !== undefined && key.ctrl !== true && key.meta !== true && !/\p{Cc}/u.test(text);
    pressed({ name: key.name ?? text ?? "", ctrl: key.ctrl === true, text: types ? text : "" });
  };
  emitKeypressEvents(stdin);
  stdin.setRawMode(true);
  stdin.on("keypress", listener);
  stdin.resume();
  return () => {
    stdin.off("keypress", listener);
    stdin.setRawMode(false);
    stdin.pause();
  };
}
