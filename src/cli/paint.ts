import { styleText } from "node:util";
import type { WriteStream } from "node:tty";

/** What colours stand for. */
export type Tone = "good" | "warning" | "bad" | "quiet" | "strong" | "story" | "chosen";

/** Colours a text. */
export type Paint = (tone: Tone, text: string) => string;

const formats: Readonly<Record<Tone, Parameters<typeof styleText>[0]>> = {
  good: "green",
  warning: "yellow",
  bad: "red",
  quiet: "dim",
  strong: "bold",
  story: "cyan",
  chosen: "inverse",
};

/** Colours where the stream is a terminal that has them and nobody objects (`NO_COLOR`). */
export function paintFor(stream: Partial<Pick<WriteStream, "hasColors" | "isTTY">>): Paint {
  const hasColors = stream.isTTY === true && stream.hasColors?.() === true;
  return hasColors
    ? (tone, text) => styleText(formats[tone], text, { validateStream: false })
    : (_, text) => text;
}
