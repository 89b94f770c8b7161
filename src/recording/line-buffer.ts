/** Keeps the latest lines, in segments that each begin where a replay may begin. */
export class LineBuffer {
  readonly #maxCharacters: number;
  #segments: Segment[] = [{ lines: [], characters: 0 }];

  constructor(maxCharacters: number) {
    this.#maxCharacters = maxCharacters;
  }

  /** Is the present segment so long that the next should begin as soon as it can? */
  get isDue(): boolean {
    return this.#segments.at(-1)!.characters >= this.#maxCharacters / 2;
  }

  /** Is it so long that the next must begin now? */
  get isOverdue(): boolean {
    return this.#segments.at(-1)!.characters >= this.#maxCharacters;
  }

  /** The next line is one that a replay may begin with. What came before the last segment is dropped. */
  beginSegment(): void {
    this.#segments = [this.#segments.at(-1)!, { lines: [], characters: 0 }];
  }

  push(line: string): void {
    const segment = this.#segments.at(-1)!;
    // The line that a segment begins with is as long as the desk is large, and says nothing of what happened since.
    if (segment.lines.length > 0) segment.characters += line.length;
    segment.lines.push(line);
  }

  get text(): string {
    return this.#segments.flatMap(({ lines }) => lines).join("");
  }
}

interface Segment {
  readonly lines: string[];
  /** Of all lines but the first. */
  characters: number;
}
