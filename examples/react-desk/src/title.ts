import type { AnySnapshot, Transcript } from "deskstate";

/** Returns the title of an interaction in a list. */
export function titleOf(snapshot: AnySnapshot): string {
  const { state, userData } = snapshot;
  const subject = String(userData["Subject"] ?? "");
  if (snapshot.kind === "chat") {
    const customer = snapshot.transcript.parties.find(({ userType }) => userType === "Client");
    return `Chat: ${customer?.nickName ?? subject}`;
  }
  if (snapshot.kind === "other") return `${snapshot.channel}: ${subject}`;
  return state === "Composing"
    ? `Reply to ${snapshot.email?.toAddress}`
    : `Email: ${snapshot.email?.subject ?? subject}`;
}

/** Returns the lines to show of a transcript. */
export function linesOf({ events, parties }: Transcript) {
  const names = new Map(parties.map(({ userId, nickName }) => [userId, nickName]));
  return events.flatMap(({ id, userId = "", text, messageType }) => {
    const what = text ?? { PARTY_JOINED: "joined", PARTY_LEFT: "left" }[messageType];
    return what === undefined ? [] : [{ id, who: names.get(userId) ?? "Unknown", what }];
  });
}
