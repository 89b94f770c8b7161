import type { SnapshotOf } from "deskstate";
import { useDesk } from "deskstate/react";
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
  const { typed, sent } = useTypingNotice(chat.id);
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
function useTypingNotice(id: string) {
  const desk = useDesk();
  const isTyping = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const notify = (noticeType: "TypingStarted" | "TypingStopped") => {
    const chat = desk.interaction(id);
    const sending = chat?.kind === "chat" ? chat.actions.SendNotification?.({ noticeType }) : undefined;
    if (sending !== undefined) isTyping.current = noticeType === "TypingStarted";
  };
  const stop = () => {
    clearTimeout(timer.current);
    if (isTyping.current) notify("TypingStopped");
  };
  const typed = (text: string) => {
    if (text.trim() === "") return stop();
    if (!isTyping.current) notify("TypingStarted");
    clearTimeout(timer.current);
    timer.current = setTimeout(stop, typingTimeout);
  };
  /** The text was sent, which ends typing by itself. */
  const sent = () => {
    clearTimeout(timer.current);
    isTyping.current = false;
  };
  useEffect(() => stop, []);
  return { typed, sent };
}
