import { withoutLast } from "./plain-text.ts";
import type { KeyPress } from "./read-keys.ts";

/** What becomes of a line that is typed. */
export interface LineEditorOptions {
  readonly label: string;
  readonly submitted: (text: string) => void;
  readonly canceled: () => void;
}

/** A line that is typed at the foot of the screen. Line breaks that are pasted belong to the text and do not send it. */
export class LineEditor {
  readonly label: string;
  readonly #options: LineEditorOptions;
  #text = "";
  #isPasting = false;

  constructor(options: LineEditorOptions) {
    this.label = options.label;
    this.#options = options;
  }

  get text(): string {
    return this.#text;
  }

  press({ name, ctrl, text }: KeyPress): void {
    if (name === "paste-start") this.#isPasting = true;
    else if (name === "paste-end") this.#isPasting = false;
    else if (name === "return" || name === "enter") {
      if (this.#isPasting) this.#text += "\n";
      else if (this.#text.trim() !== "") this.#options.submitted(this.#text);
    } else if (name === "escape") this.#options.canceled();
    else if (name === "backspace") this.#text = withoutLast(this.#text);
    else if (ctrl && name === "u") this.#text = "";
    else this.#text += text;
  }
}
