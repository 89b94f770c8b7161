import { Watchable } from "../watchable.ts";
import { Player } from "./player.ts";
import { readFile } from "./read-file.ts";

/** Which recording is open. */
export interface Opened {
  /** `undefined` while the live desk is shown. */
  readonly player: Player | undefined;
  /** Counts the recordings that were opened. */
  readonly count: number;
  /** The name of the file that is being read. */
  readonly reading: string | undefined;
  /** Why the last file was not opened, for people. */
  readonly failure: string | undefined;
}

/** Opens recordings and closes them. A file that is no recording changes nothing of what is shown. */
export class PlayerDoor extends Watchable<Opened> {
  #latest: File | undefined;

  constructor() {
    super({ player: undefined, count: 0, reading: undefined, failure: undefined });
  }

  /** Opens a file. When several are opened at once the last one counts. */
  readonly open = async (file: File): Promise<void> => {
    this.#latest = file;
    this.#tell({ reading: file.name, failure: undefined });
    // To read a large file takes the page its breath: what it does is to be seen first.
    await new Promise((resolve) => setTimeout(resolve));
    const read = await readFile(file);
    if (this.#latest !== file) return;
    if (!read.isRead) return this.#tell({ reading: undefined, failure: read.message });
    const { player, count } = this.getSnapshot();
    player?.close();
    const opened = new Player(file.name, read.recording);
    this.#tell({ player: opened, count: count + 1, reading: undefined });
  };

  /** Back to the live desk. */
  readonly leave = (): void => {
    this.#latest = undefined;
    this.getSnapshot().player?.close();
    this.#tell({ player: undefined, reading: undefined, failure: undefined });
  };

  /** The failure was read. */
  readonly forget = (): void => this.#tell({ failure: undefined });

  #tell(news: Partial<Opened>): void {
    this.set({ ...this.getSnapshot(), ...news });
  }
}
