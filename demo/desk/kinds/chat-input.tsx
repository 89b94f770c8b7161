import type { SnapshotOf } from "deskstate";
import { useEffect, useRef, type KeyboardEvent, type ReactNode } from "react";
import { Form } from "../../controls.tsx";
import { useDraft } from "../drafts.ts";
import { availabilityOf, notNowText } from "../operation-button.tsx";
import { usePerform } from "../use-perform.ts";

const typingTimeout = 4_000;

/** The field in which the agent writes. Enter sends, Shift+Enter begins a new line. */
export function ChatInput({ chat }: { readonly chat: SnapshotOf<"chat"> }): ReactNode {
  const perform = usePerform();
  const [text, setText] = useDraft(`${chat.id} text`);
  const { typed, sent } = useTypingNotice(chat);
  const availability = availabilityOf(chat, "Send");
  const isNoticed = chat.transcript.parties.some(
    ({ isTyping, userType }) => isTyping && userType === "Agent",
  );

  const write = (next: string) => {
    setText(next);
    typed(next);
  };
  const send = () => {
    if (!availability.allowed || text.trim() === "") return;
    // The text stays until the server has confirmed it.
    void perform(chat, "Send", { text }).then((outcome) => {
      if (outcome?.outcome !== "Done") return;
      setText("");
      sent();
    });
  };
  const pressed = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };

  return (
    <Form className="chat-input" aria-label="Message" submit={send}>
      <textarea
        aria-label="Message to the customer"
        placeholder="Write a message"
        rows={2}
        value={text}
        readOnly={chat.pending.includes("Send")}
        onChange={({ target }) => write(target.value)}
        onKeyDown={pressed}
        data-first
      />
      <button
        type="submit"
        className="button primary"
        aria-disabled={!availability.allowed || text.trim() === ""}
        aria-busy={chat.pending.includes("Send")}
        title={notNowText(availability)}
      >
        Send
      </button>
      <p className="chat-noticed">{isNoticed ? "The customer sees that you are typing." : "Enter sends."}</p>
    </Form>
  );
}

/** Notifies the customer that the agent types, and that they stopped: after a pause, or with nothing left. */
function useTypingNotice(chat: SnapshotOf<"chat">): {
  readonly typed: (text: string) => void;
  /** The text was sent, which ends typing by itself. */
  readonly sent: () => void;
} {
  const latest = useRef(chat);
  const isTyping = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    latest.current = chat;
  });

  const notify = (noticeType: "TypingStarted" | "TypingStopped") => {
    const sending = latest.current.actions.SendNotification?.({ noticeType });
    if (sending !== undefined) isTyping.current = noticeType === "TypingStarted";
  };
  const stop = () => {
    clearTimeout(timer.current);
    if (isTyping.current) notify("TypingStopped");
  };
  const lastStop = useRef(stop);
  useEffect(() => {
    lastStop.current = stop;
  });
  useEffect(() => () => lastStop.current(), []);

  return {
    typed: (text) => {
      if (text.trim() === "") return stop();
      if (!isTyping.current) notify("TypingStarted");
      clearTimeout(timer.current);
      timer.current = setTimeout(() => lastStop.current(), typingTimeout);
    },
    sent: () => {
      clearTimeout(timer.current);
      isTyping.current = false;
    },
  };
}
