/** The counts of a run of bots, and what each means. */
export const counts = {
  offers: "offers to the bots",
  accepted: "offers that became Accepted",
  rejected: "offers that a bot rejected",
  revoked: "offers that the server revoked",
  handled: "interactions that a script finished",
  operations: "operations that settled",
  not_done: "operations that settled with another outcome than Done",
  anomalies: "anomalies in what the server sent",
  losses: "connections that were lost",
  reconnects: "connections that recovered",
  failures: "failures of scripts that were contained",
  left_open: "interactions that bots left open",
  not_started: "bots whose desk could not be started",
  live_max: "maximum of bots that were Live at the same time",
  live_at_end: "bots that were Live at the end of the run",
} as const;

/** The name of a count. */
export type Count = keyof typeof counts;

/** The durations that are measured in a run of bots, and what each means. */
export const durations = {
  offer_accept: "from the offer to Accepted, including the script's think time",
  accept: "from the request to Accept until the server confirmed it",
  send_echo: "from Send until the transcript showed it",
  connect: "from the start of a bot until it was Live",
  reconnect: "from the loss of a connection until it was Live again",
} as const;

/** The name of a duration. */
export type Duration = keyof typeof durations;

export const countNames = Object.keys(counts) as readonly Count[];
export const durationNames = Object.keys(durations) as readonly Duration[];

/** Returns an object with a value for each name. */
export function forEach<Name extends string, Value>(
  names: readonly Name[],
  make: (name: Name) => Value,
): Record<Name, Value> {
  return Object.fromEntries(names.map((name) => [name, make(name)])) as Record<Name, Value>;
}
