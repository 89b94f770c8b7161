import type { ReadStream, WriteStream } from "node:tty";
import { paintFor } from "./paint.ts";
import { readKeys, type KeyPress } from "./read-keys.ts";
import type { ScreenLine, ScreenSize } from "./screen.ts";

const enter = "\u001b[?1049h\u001b[?25l\u001b[?2004h";
const leave = "\u001b[?2004l\u001b[?25h\u001b[?1049l";

/** What happens at a terminal. */
export interface TerminalEvents {
  readonly pressed: (key: KeyPress) => void;
  readonly resized: () => void;
}

/** A terminal that shows a full screen and reads single keys, and is put back in order at the end. */
export class Terminal {
  readonly #stdin: ReadStream;
  readonly #stdout: WriteStream;
  #stops: (() => void)[] = [];

  constructor(stdin: ReadStream, stdout: WriteStream) {
    this.#stdin = stdin;
    this.#stdout = stdout;
  }

  get size(): ScreenSize {
    return { columns: this.#stdout.columns, rows: this.#stdout.rows };
  }

  open({ pressed, resized }: TerminalEvents): void {
    this.#stdout.write(enter);
    this.#stdout.on("resize", resized);
    const close = (): void => this.close();
    // Also when the process is ended at once.
    process.on("exit", close);
    this.#stops = [
      readKeys(this.#stdin, pressed),
      () => this.#stdout.off("resize", resized),
      () => process.off("exit", close),
    ];
  }

  show(lines: readonly ScreenLine[]): void {
    if (this.#stops.length === 0) return;
    const paint = paintFor(this.#stdout);
    const text = lines
      .map(({ text: line, tone }) => (tone === undefined ? line : paint(tone, line)))
      .join("\u001b[K\r\n");
    this.#stdout.write(`\u001b[H${text}\u001b[K\u001b[J`);
  }

  close(): void {
    if (this.#stops.length === 0) return;
    for (const stop of this.#stops) stop();
    this.#stops = [];
    this.#stdout.write(leave);
  }
}
