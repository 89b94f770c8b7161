/** The cookies of one desk. */
export interface Cookies {
  /** The value of the Cookie header for this address; `undefined` when there is none to send. */
  readonly header: (url: string) => string | undefined;
  /** Keeps what an answer from this address sets. */
  readonly keep: (url: string, response: Response) => void;
  readonly clear: () => void;
  /** Can this code see cookies, or does the browser keep them to itself? */
  readonly areVisible: boolean;
}
