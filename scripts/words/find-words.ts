import { type Part, parsedText } from "./parsed-text.ts";
import { exceptions, rules } from "./word-list.ts";

export interface FoundWords {
  readonly line: number;
  readonly words: string;
  readonly advice: string;
}

/** Returns the forbidden words of a file, with advice for each. */
export const findWords = (file: string, text: string): FoundWords[] =>
  parsedText(file, text).flatMap((part) => findIn(part, text));

function findIn({ kind, text, start }: Part, whole: string): FoundWords[] {
  return rules
    .filter(({ where }) => where.includes(kind))
    .flatMap(({ pattern, advice }) =>
      [...text.matchAll(pattern)]
        .filter((match) => !isException(text, match))
        .map((match) => ({
          line: whole.slice(0, start + match.index).split("\n").length,
          words: match[0].replaceAll(/[\s*]+/g, " ").trim(),
          advice,
        })),
    );
}

const isException = (text: string, { index, 0: words }: RegExpExecArray) =>
  exceptions.some(({ pattern }) =>
    [...text.matchAll(pattern)].some(
      (match) => match.index <= index && index + words.length <= match.index + match[0].length,
    ),
  );
