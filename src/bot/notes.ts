const maxNotes = 20;

/** The latest things that came, in words: what an error tells came instead of what was waited for. */
export class Notes {
  #notes: string[] = [];
  /** How many there were, those that are no longer kept included. */
  total = 0;

  add(note: string): void {
    this.total++;
    this.#notes.push(note);
    if (this.#notes.length > maxNotes * 2) this.#notes = this.#notes.slice(-maxNotes);
  }

  /** What came after so many, repeats in a row counted together. */
  since(total: number): readonly string[] {
    const count = Math.min(this.total - total, maxNotes, this.#notes.length);
    const runs: { note: string; times: number }[] = [];
    for (const note of count === 0 ? [] : this.#notes.slice(-count)) {
      const last = runs.at(-1);
      if (last?.note === note) last.times++;
      else runs.push({ note, times: 1 });
    }
    return runs.map(({ note, times }) => (times === 1 ? note : `${times} × ${note}`));
  }
}
