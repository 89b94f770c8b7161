import type { Party, TranscriptEvent } from "deskstate";
import type { ReactNode } from "react";

/** One event of a transcript; typing is shown elsewhere. */
export function TranscriptLine({
  event,
  before,
  parties,
}: {
  readonly event: TranscriptEvent;
  readonly before: TranscriptEvent | undefined;
  readonly parties: readonly Party[];
}): ReactNode {
  const { messageType, noticeType, text, userId } = event;
  if (noticeType !== undefined) return null;
  const party = parties.find((one) => one.userId === userId);
  const name = party?.nickName ?? event.nickName ?? "Somebody";
  if (text === undefined) {
    const deed =
      messageType === "PARTY_JOINED" ? "joined" : messageType === "PARTY_LEFT" ? "left" : messageType;
    return (
      <li className="line-note" dir="auto">
        {name} {deed}
      </li>
    );
  }
  const goesOn = before?.userId === userId && before?.text !== undefined;
  return (
    <li className="line" data-side={party?.userType === "Agent" ? "agent" : "customer"}>
      <span className={goesOn ? "line-name only-heard" : "line-name"} dir="auto">
        {name}
      </span>
      <span className="line-text" dir="auto">
        {text}
      </span>
    </li>
  );
}
