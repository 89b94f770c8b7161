import type { InteractionFact } from "../domain/fact.ts";
import type { Confirmation } from "../domain/operation.ts";
import type { Parameters } from "../domain/parameters.ts";
import type { InteractionRecord } from "../domain/record.ts";
import type { Transcript, TranscriptEvent } from "../domain/transcript.ts";
import type { UserDataValue } from "../domain/user-data.ts";

/** What an operation under way waits to see in the data of its interaction. */
export interface Expectation {
  readonly confirmedBy: Confirmation;
  readonly parameters: Parameters;
  /** The capability of the operation. */
  readonly capability: string | null;
  /** The latest transcript event when the operation was sent. */
  readonly since: number;
}

/** What is so with the interaction now. */
export interface Evidence {
  readonly record: InteractionRecord;
  readonly capabilities: readonly string[];
  /** The fact that was just taken in; `undefined` when only the HTTP answer came. */
  readonly fact: InteractionFact | undefined;
}

/** Charts see states and answers; everything else is seen in the data, which charts do not hold. */
export function isSeenInData(confirmation: Confirmation): boolean {
  return !["answer", "ending", "Accepted", "Ready", "NotReady"].includes(confirmation);
}

/** Does the data show that the operation took effect? */
export function isConfirmed(expectation: Expectation, evidence: Evidence): boolean {
  const { parameters, since } = expectation;
  const { record, fact } = evidence;
  switch (expectation.confirmedBy) {
    case "user-data":
      return holdsUserData(record, parameters);
    case "echo":
      return hasEvent(record, since, (event, transcript) => {
        return event.text === parameters["text"] && !isCustomer(event, transcript);
      });
    case "party":
      return hasEvent(record, since, (event, transcript) => {
        return event.messageType === "PARTY_JOINED" && !isCustomer(event, transcript);
      });
    case "transcript":
      return fact?.known.events !== undefined;
    case "withdrawn":
      return (
        fact?.change === "Left" ||
        (fact?.capabilities !== undefined && !evidence.capabilities.includes(expectation.capability ?? ""))
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

function hasEvent(
  { transcript }: InteractionRecord,
  since: number,
  isIt: (event: TranscriptEvent, transcript: Transcript) => boolean,
): boolean {
  return transcript !== undefined && transcript.after(since).some((event) => isIt(event, transcript));
}

function isCustomer({ userId, userType }: TranscriptEvent, transcript: Transcript): boolean {
  const type = userType ?? transcript.parties.find((party) => party.userId === userId)?.userType;
  return type === "Client";
}
