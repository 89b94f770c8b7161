import type { Party, TranscriptEvent, UserData } from "../index.ts";
import type { DeskText } from "./desk-text.ts";
import { interactionTitles, transcriptEvents } from "./english.ts";
import { sanitizeLine } from "./sanitize-line.ts";

/** The parties of a transcript, as far as their names matter. */
export interface NamedParties {
  readonly parties: readonly Pick<Party, "userId" | "userType" | "nickName">[];
}

/** The parts of the content of an email that a title has. */
export interface TitledEmail {
  readonly subject?: string;
  readonly fromAddress?: string;
  readonly toAddress?: string;
}

/** The parts of an interaction that its title depends on. A snapshot of any kind has them or lacks them. */
export interface TitleParts {
  readonly userData: UserData;
  readonly direction: string | undefined;
  readonly email?: TitledEmail | undefined;
  readonly transcript?: NamedParties;
}

/** Returns who wrote and about what, as far as it is known, in one safe line. */
export function interactionTitle(
  parts: TitleParts,
  text: Pick<DeskText, "interactionTitles"> = { interactionTitles },
): string {
  const subject = parts.email?.subject ?? stringIn(parts.userData, "Subject");
  const title = [correspondent(parts, text), subject].filter((part) => part !== undefined && part !== "");
  return sanitizeLine(title.join(": "));
}

/** User data often has the customer's address; what a chat's customer calls themselves is in its transcript. */
function correspondent(
  { userData, direction, email, transcript }: TitleParts,
  { interactionTitles: { to, unknown } }: Pick<DeskText, "interactionTitles">,
): string | undefined {
  if (transcript !== undefined) return customerOf(transcript)?.nickName;
  if (direction === "Outbound") return email && to(email.toAddress ?? unknown);
  return email?.fromAddress ?? stringIn(userData, "FromAddress") ?? stringIn(userData, "EmailAddress");
}

/** The customer is the first party who is not an agent. */
function customerOf({ parties }: NamedParties): NamedParties["parties"][number] | undefined {
  return parties.find(({ userType }) => userType !== "Agent");
}

/** Returns a transcript event in one safe line; `undefined` for the end of typing, which is worth no line. */
export function transcriptEventText(
  { parties }: NamedParties,
  event: TranscriptEvent,
  { transcriptEvents: words }: Pick<DeskText, "transcriptEvents"> = { transcriptEvents },
): string | undefined {
  const { userId, nickName, text, messageType, noticeType } = event;
  const known = parties.find((party) => party.userId === userId);
  const party = sanitizeLine(known?.nickName ?? nickName ?? userId ?? words.unknown);
  if (text !== undefined) return `${party}: ${sanitizeLine(text)}`;
  if (messageType === "PARTY_JOINED") return words.joined(party);
  if (messageType === "PARTY_LEFT") return words.left(party);
  if (noticeType === "TypingStarted") return words.typing(party);
  if (noticeType === "TypingStopped") return undefined;
  return words.other(party, sanitizeLine(noticeType ?? messageType));
}

function stringIn(userData: UserData, key: string): string | undefined {
  const value = userData[key];
  return typeof value === "string" ? value : undefined;
}
