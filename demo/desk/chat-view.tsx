import type { SnapshotOf } from "deskstate";
import { useEffect, useRef, type ReactNode } from "react";
import { useWorkplace } from "../workplace.tsx";
import { ChatInput } from "./chat-input.tsx";
import { TranscriptLine } from "./transcript-line.tsx";

/** A chat: what was said, who is typing, and where to write. */
export function ChatView({ chat }: { readonly chat: SnapshotOf<"chat"> }): ReactNode {
  const { isRecorded } = useWorkplace();
  const { transcript, capabilities, state } = chat;
  const { events, gaps, parties } = transcript;
  const log = useRef<HTMLDivElement>(null);
  const typing = parties.filter(
    ({ isTyping, isPresent, userType }) => isTyping && isPresent && userType !== "Agent",
  );
  const typingNames = typing.map(({ nickName }) => nickName ?? "Somebody").join(", ");
  const last = events.at(-1)?.id;
  // What was said last is what matters.
  useEffect(() => {
    log.current?.scrollTo({ top: log.current.scrollHeight });
  }, [last, events.length, gaps.length, typingNames]);

  if (state === "Invited") return <p className="nothing">What was said comes when it is accepted.</p>;
  return (
    <div className="chat">
      <div className="transcript" ref={log} role="log" aria-label="Transcript" tabIndex={0}>
        <ol>
          {events.map((event, index) => (
            <TranscriptLine key={event.id} event={event} before={events[index - 1]} parties={parties} />
          ))}
          {gaps.map(({ from, to }) => (
            <li key={`gap ${from}`} className="line-note">
              Events {from} to {to} are missing; the desk asks for them.
            </li>
          ))}
        </ol>
        <p className="typing" aria-live="polite">
          {typingNames !== "" && (
            <>
              <span className="typing-dots" aria-hidden="true">
                <i />
                <i />
                <i />
              </span>
              {typingNames} {typing.length === 1 ? "is" : "are"} typing
            </>
          )}
        </p>
      </div>
      {!isRecorded && capabilities.includes("Send") && <ChatInput chat={chat} />}
    </div>
  );
}
