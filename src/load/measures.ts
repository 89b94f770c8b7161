/** What is counted in a run of bots, with what it is. */
export const counts = {
  offers: "offers that the bots saw",
  accepted: "offers that became Accepted",
  rejected: "offers that a bot rejected",
  revoked: "offers that the server took away",
  handled: "interactions that a script was through with",
  operations: "operations that settled",
  not_done: "operations that settled in another way than Done",
  anomalies: "anomalies in what the server sent",
  losses: "connections that were lost",
  reconnects: "connections that came back",
  failures: "failures of scripts that were contained",
  left_open: "interactions that bots left as they were",
  not_started: "bots whose desk could not be started",
  live_most: "bots that were Live at once, at most",
  live_at_end: "bots that were Live when the run came to its end",
} as const;

/** The name of something that is counted. */
export type Count = keyof typeof counts;

/** The durations that are measured in a run of bots, with what is in them. */
export const durations = {
  offer_accept: "from the offer to Accepted, the script's time for thought included",
  accept: "from the request to Accept until the server confirmed it",
  send_echo: "from Send until the transcript showed it",
  connect: "from the start of a bot until it was Live",
  reconnect: "from the loss of a connection until it was Live again",
} as const;

/** The name of a duration that is measured. */
export type Duration = keyof typeof durations;

export const countNames = Object.keys(counts) as readonly Count[];
export const durationNames = Object.keys(durations) as readonly Duration[];

/** An object with something for each name. */
export function forEach<Name extends string, Value>(
  names: readonly Name[],
  make: (name: Name) => Value,
): Record<Name, Value> {
  return Object.fromEntries(names.map((name) => [name, make(name)])) as Record<Name, Value>;
}
