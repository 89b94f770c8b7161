/** Keeps the latest lines, in two segments that each begin where a replay may begin. */
export class LineBuffer {
  readonly #maxCharacters: number;
  #before = "";
  #present = "";
  /** The length of the present segment without its first line, which is as long as the desk is large. */
  #characters = 0;

  constructor(maxCharacters: number) {
    this.#maxCharacters = maxCharacters;
  }

  /** Whether the present segment is so long that the next should begin as soon as it can. */
  get isDue(): boolean {
    return this.#characters >= this.#maxCharacters / 2;
  }

  /** Whether it is so long that the next must begin now. */
  get isOverdue(): boolean {
    return this.#characters >= this.#maxCharacters;
  }

  /** The next line is one that a replay may begin with. The lines before the last segment are dropped. */
  beginSegment(): void {
    this.#before = this.#present;
    this.#present = "";
    this.#characters = 0;
  }

  push(line: string): void {
    if (this.#present !== "") this.#characters += line.length;
    this.#present += line;
  }

  get text(): string {
    return this.#before + this.#present;
  }
}
