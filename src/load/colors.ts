import { styleText } from "node:util";
import type { Tone } from "../text/index.ts";
import type { OutputStream } from "./command-io.ts";

/** The meaning of a color. */
export type ColorTone = Tone | "strong" | "scenario";

/** Colors a text. */
export type Colorize = (tone: ColorTone, text: string) => string;

const formats: Readonly<Record<ColorTone, Parameters<typeof styleText>[0]>> = {
  good: "green",
  warning: "yellow",
  bad: "red",
  quiet: "dim",
  strong: "bold",
  scenario: "cyan",
};

/** Returns a function that colors text, where the stream is a terminal with colors and `NO_COLOR` is not set. */
export function colorsFor(stream: Pick<OutputStream, "hasColors" | "isTTY">): Colorize {
  const hasColors = stream.isTTY === true && stream.hasColors?.() === true;
  return (tone, text) => (hasColors ? styleText(formats[tone], text, { validateStream: false }) : text);
}
