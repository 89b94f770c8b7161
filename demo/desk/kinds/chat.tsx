import type { AnySnapshot, Party, TranscriptEvent } from "deskstate";
import { transcriptEventText } from "deskstate/text";
import { useEffect, useRef, type ReactNode } from "react";
import { useDemoContext } from "../../demo-context.tsx";
import { ChatInput } from "./chat-input.tsx";
import type { KindRenderer } from "./kind-renderer.ts";

/** A chat: its transcript, the parties that are typing, and a field to write in. */
export const chat: KindRenderer = {
  icon: "M4 5h16v11H11l-5 4v-4H4z",
  View: ChatView,
  latest: latestOf,
  arrival: { button: "Start a chat", logged: "A customer opened a chat." },
  customerWrites: true,
};

const unknownName = "Unknown";

function ChatView({ interaction }: { readonly interaction: AnySnapshot }): ReactNode {
  const { isRecorded } = useDemoContext();
  const log = useRef<HTMLDivElement>(null);
  const transcript = interaction.kind === "chat" ? interaction.transcript : undefined;
  const typing = transcript?.parties.filter(isTypingCustomer) ?? [];
  const typingNames = typing.map(({ nickName }) => nickName ?? unknownName).join(", ");
  // The latest is at the end.
  useEffect(() => {
    log.current?.scrollTo({ top: log.current.scrollHeight });
  }, [transcript?.events, transcript?.gaps.length, typingNames]);

  if (interaction.kind !== "chat") return null;
  const { events, gaps, parties } = interaction.transcript;
  if (interaction.state === "Invited")
    return <p className="nothing">Its transcript arrives once it is accepted.</p>;
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
      {!isRecorded && interaction.capabilities.includes("Send") && <ChatInput chat={interaction} />}
    </div>
  );
}

interface TranscriptLineProps {
  readonly event: TranscriptEvent;
  readonly before: TranscriptEvent | undefined;
  readonly parties: readonly Party[];
}

/** One event of a transcript; typing is shown below the transcript. */
function TranscriptLine({ event, before, parties }: TranscriptLineProps): ReactNode {
  const { messageType, noticeType, text, userId } = event;
  if (noticeType !== undefined) return null;
  const party = parties.find((one) => one.userId === userId);
  const name = party?.nickName ?? event.nickName ?? unknownName;
  if (text === undefined) {
    const verb = { PARTY_JOINED: "joined", PARTY_LEFT: "left" }[messageType] ?? messageType;
    return (
      <li className="line-note" dir="auto">
        {name} {verb}
      </li>
    );
  }
  const isSameSpeaker = before?.userId === userId && before?.text !== undefined;
  return (
    <li className="line" data-side={party?.userType === "Agent" ? "agent" : "customer"}>
      <span className={isSameSpeaker ? "line-name visually-hidden" : "line-name"} dir="auto">
        {name}
      </span>
      <span className="line-text" dir="auto">
        {text}
      </span>
    </li>
  );
}

function latestOf(interaction: AnySnapshot): string {
  if (interaction.kind !== "chat" || interaction.isEnded) return "";
  const { transcript } = interaction;
  const typing = transcript.parties.find(isTypingCustomer);
  if (typing !== undefined) return `${typing.nickName ?? unknownName} is typing …`;
  const last = transcript.events.findLast(({ text }) => text !== undefined);
  return last === undefined ? "" : (transcriptEventText(transcript, last) ?? "");
}

function isTypingCustomer({ isTyping, isPresent, userType }: Party): boolean {
  return isTyping && isPresent && userType !== "Agent";
}
