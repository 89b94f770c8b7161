import { chat, email } from "../desk/hand-desk.ts";

const endings: readonly string[] = ["Revoked", "Completed", "Sent", "Canceled"];

/** The capabilities in the states that no recorded message shows. */
const assumed: Readonly<Record<string, readonly string[]>> = {
  Composing: ["Send", "Cancel"],
  LeftChat: ["StopProcessing"],
};

/**
 * The truth about one interaction, as a server would hold it: it has one state, its end is final, and it is on the
 * list until then. What it notifies after the end is an older notification that arrives late.
 */
export class SmallServer {
  static readonly id = "one";
  readonly #make: typeof email;
  #state: string;

  constructor(channel: "email" | "chat", state: string) {
    this.#make = channel === "email" ? email : chat;
    this.#state = state;
  }

  /** Returns the state in the desk's words. */
  truth(): { readonly state: string; readonly isEnded: boolean } {
    return { state: this.#state === "LeftChat" ? "Left" : this.#state, isEnded: this.#isEnded };
  }

  /** The interaction comes into this state, unless it has ended. Gives the notification of it. */
  comesTo(state: string): object {
    if (!this.#isEnded) this.#state = state;
    return this.#notification(state);
  }

  /** Returns the agent's list. */
  list(): object[] {
    return this.#isEnded ? [] : [this.#notification(this.#state)];
  }

  get #isEnded(): boolean {
    return endings.includes(this.#state);
  }

  #notification(state: string): object {
    const granted = assumed[state];
    return this.#make(SmallServer.id, state, granted === undefined ? {} : { capabilities: granted });
  }
}
