import type { AnySnapshot, Party, Transcript, TranscriptEvent, UserData } from "../index.ts";
import { plain } from "./plain-text.ts";

/** Who wrote, and about what, as far as it is known; one safe line. */
export function titleOf(snapshot: AnySnapshot): string {
  const { userData } = snapshot;
  const parts =
    snapshot.kind === "email"
      ? [
          snapshot.direction === "Outbound"
            ? `to ${snapshot.email?.toAddress ?? "?"}`
            : (snapshot.email?.fromAddress ??
              textOf(userData, "FromAddress") ??
              textOf(userData, "EmailAddress")),
          snapshot.email?.subject ?? textOf(userData, "Subject"),
        ]
      : snapshot.kind === "chat"
        ? [customerOf(snapshot.transcript)?.nickName, textOf(userData, "Subject")]
        : [textOf(userData, "Subject")];
  return plain(parts.filter((part) => part !== undefined && part !== "").join(": "));
}

/** The customer of a chat: the first party who is no agent. */
function customerOf({ parties }: Transcript): Party | undefined {
  return parties.find(({ userType }) => userType !== "Agent");
}

/** A transcript event in words; `undefined` for those that are worth no line. */
export function eventText({ parties }: Transcript, event: TranscriptEvent): string | undefined {
  const party = parties.find(({ userId }) => userId === event.userId);
  const who = plain(party?.nickName ?? event.nickName ?? event.userId ?? "somebody");
  if (event.text !== undefined) return `${who}: ${plain(event.text)}`;
  if (event.messageType === "PARTY_JOINED") return `* ${who} joined`;
  if (event.messageType === "PARTY_LEFT") return `* ${who} left`;
  if (event.noticeType === "TypingStarted") return `* ${who} is typing`;
  if (event.noticeType === "TypingStopped") return undefined;
  return `* ${who}: ${plain(event.noticeType ?? event.messageType)}`;
}

function textOf(userData: UserData, key: string): string | undefined {
  const value = userData[key];
  return typeof value === "string" ? value : undefined;
}
