import type { InteractionFact } from "../../domain/fact.ts";
import type { Parameters } from "../../domain/parameters.ts";
import type { InteractionRecord } from "../../domain/record.ts";
import type { TranscriptEvent } from "../../domain/transcript.ts";
import type { UserDataValue } from "../../domain/user-data.ts";
import type { RunningOperation } from "./operation-runner.ts";

/** What is so with the interaction now. */
export interface Evidence {
  readonly record: InteractionRecord;
  readonly capabilities: readonly string[];
  /** The fact that was just taken in; `undefined` when only the HTTP answer came. */
  readonly fact: InteractionFact | undefined;
}

/** Does the data show that the operation took effect? Charts see states and answers; all else is seen here. */
export function isConfirmed(
  { rule, parameters, since }: RunningOperation,
  { record, capabilities, fact }: Evidence,
): boolean {
  switch (rule.confirmedBy) {
    case "user-data":
      return holdsUserData(record, parameters);
    case "echo":
      return hasEvent(record, since, ({ text }) => text === parameters["text"]);
    case "party":
      return hasEvent(record, since, ({ messageType }) => messageType === "PARTY_JOINED");
    case "transcript":
      return fact?.known.events !== undefined;
    case "withdrawn":
      return (
        fact?.change === "Left" ||
        (fact?.capabilities !== undefined && !capabilities.includes(rule.capability ?? ""))
      );
    default:
      return false;
  }
}

function holdsUserData({ userData }: InteractionRecord, parameters: Parameters): boolean {
  const { object: entries } = userData;
  const keys = parameters["keys"] as readonly string[] | undefined;
  if (keys !== undefined) return keys.every((key) => !(key in entries));
  const asked = parameters["userData"] as Readonly<Record<string, UserDataValue>>;
  // Servers write numbers as text and text as numbers.
  return Object.keys(asked).every((key) => key in entries && String(entries[key]) === String(asked[key]));
}

/** Is there such an event, of somebody who is not the customer? */
function hasEvent(
  { transcript }: InteractionRecord,
  since: number,
  isIt: (event: TranscriptEvent) => boolean,
): boolean {
  const isCustomer = ({ userId, userType }: TranscriptEvent) =>
    (userType ?? transcript?.parties.find((party) => party.userId === userId)?.userType) === "Client";
  return transcript?.after(since).some((event) => isIt(event) && !isCustomer(event)) === true;
}
