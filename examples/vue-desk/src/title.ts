import type { AnySnapshot, Transcript } from "deskstate";

/** Returns the title of an interaction in a list. */
export function titleOf(snapshot: AnySnapshot): string {
  const subject = String(snapshot.userData["Subject"] ?? "");
  if (snapshot.kind === "email") {
    const { email } = snapshot;
    if (snapshot.state === "Composing") return `Reply to ${email?.toAddress ?? "an email"}`;
    return `Email: ${email?.subject ?? subject}`;
  }
  if (snapshot.kind !== "chat") return `${snapshot.channel}: ${subject}`;
  const customer = snapshot.transcript.parties.find(({ userType }) => userType === "Client");
  return `Chat: ${customer?.nickName ?? subject}`;
}

/** Returns the lines to show of a transcript. */
export function linesOf({ events, parties }: Transcript) {
  const names = new Map(parties.map(({ userId, nickName }) => [userId, nickName]));
  return events.flatMap(({ id, userId, text, messageType }) => {
    const what = text ?? { PARTY_JOINED: "joined", PARTY_LEFT: "left" }[messageType];
    return what === undefined ? [] : [{ id, who: names.get(userId ?? "") ?? "Unknown", what }];
  });
}
