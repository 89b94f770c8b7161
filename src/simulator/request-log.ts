/** One request that the simulator has answered. */
export interface ServedRequest {
  /** The time of the response, in milliseconds by the simulator's clock. */
  readonly at: number;
  readonly method: string;
  /** The path below the base URL, such as `/me/interactions/0000KA…`. */
  readonly path: string;
  readonly user?: string;
  /** For CometD requests the channels of the messages, separated by commas. */
  readonly operationName?: string;
  /** Whether the request was executed: true for a lost response, false for a refused or lost request. */
  readonly executed: boolean;
  /** The HTTP status, or `"lost"` when the connection was cut. CometD requests are logged on arrival, as 200. */
  readonly answered: number | "lost";
  /** The body of the response to an operation. */
  readonly answer?: unknown;
}

const maxKept = 1_000;

export type RequestLog = ReturnType<typeof createRequestLog>;

/** Keeps the last 1000 requests. */
export function createRequestLog() {
  const entries: ServedRequest[] = [];
  const listeners = new Set<(request: ServedRequest) => void>();
  return {
    entries: entries as readonly ServedRequest[],
    add(request: ServedRequest) {
      entries.push(request);
      if (entries.length > maxKept) entries.shift();
      for (const listener of [...listeners]) listener(request);
    },
    subscribe(listener: (request: ServedRequest) => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
