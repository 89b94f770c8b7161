import { chatMachine } from "../../../machines/chat.machine.ts";
import type { InteractionFact } from "../../domain/fact.ts";
import { defineKind } from "../kind.ts";
import { transcriptField, type TranscriptPatch } from "./transcript-field.ts";
import type { Transcript, TranscriptEvent } from "./transcript.ts";

interface ChatRecord {
  readonly transcript: Transcript | undefined;
}

/** A conversation by text messages. */
export const chat = defineKind({
  name: "chat",
  machine: chatMachine,
  fields: { transcript: transcriptField },
  isOutdated: ({ change, known }, { transcript }) => {
    if (transcript === undefined) return false;
    // Only an accepted chat has a transcript, so an offer that comes after one is older.
    if (change === "Invited") return true;
    const { latestEventId } = patchOf(known);
    return latestEventId !== undefined && latestEventId < transcript.latestEventId;
  },
  countMissing: ({ transcript }) =>
    transcript === undefined || transcript.isWhole ? 0 : transcript.latestEventId - transcript.length,
  evidence: {
    /** The transcript has the text, from a party other than the customer. */
    echo: ({ record, before, parameters }) =>
      hasNewEvent(record, before, ({ text }) => text === parameters["text"]),
    /** Another agent joined. */
    party: ({ record, before }) =>
      hasNewEvent(record, before, ({ messageType }) => messageType === "PARTY_JOINED"),
    /** A message with a transcript arrived. */
    transcript: ({ fact }) => fact !== undefined && patchOf(fact.known).events !== undefined,
  },
});

function patchOf(known: InteractionFact["known"]): TranscriptPatch {
  return (known["transcript"] as TranscriptPatch | undefined) ?? {};
}

/** Whether there is such an event since, from a party other than the customer. */
function hasNewEvent(
  { transcript }: ChatRecord,
  before: ChatRecord,
  matches: (event: TranscriptEvent) => boolean,
): boolean {
  if (transcript === undefined) return false;
  const isCustomer = ({ userId, userType }: TranscriptEvent) =>
    (userType ?? transcript.parties.find((party) => party.userId === userId)?.userType) === "Client";
  const since = before.transcript?.latestEventId ?? 0;
  return transcript.after(since).some((event) => matches(event) && !isCustomer(event));
}
