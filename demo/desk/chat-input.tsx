import type { SnapshotOf } from "deskstate";
import type { KeyboardEvent, ReactNode } from "react";
import { useDraft } from "./drafts.ts";
import { availabilityOf } from "./operation-button.tsx";
import { useOperate } from "./use-operate.ts";
import { useTypingNotice } from "./use-typing-notice.ts";
import { unavailabilityWords } from "./words.ts";

/** Where the agent writes in a chat. Enter sends, Shift+Enter begins a new line. */
export function ChatInput({ chat }: { readonly chat: SnapshotOf<"chat"> }): ReactNode {
  const operate = useOperate();
  const [text, setText] = useDraft(`${chat.id} text`);
  const { typed, sent } = useTypingNotice(chat);
  const may = availabilityOf(chat, "Send");
  const isNoticed = chat.transcript.parties.some(
    ({ isTyping, userType }) => isTyping && userType === "Agent",
  );

  const write = (next: string) => {
    setText(next);
    typed(next);
  };
  const send = () => {
    if (!may.allowed || text.trim() === "") return;
    // Until the server shows it, it is not said: what was written stays until then.
    void operate(chat, "Send", { text }).then((outcome) => {
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
    <form
      className="chat-input"
      aria-label="Message"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
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
        aria-disabled={!may.allowed || text.trim() === ""}
        aria-busy={chat.pending.includes("Send")}
        title={may.allowed ? undefined : `Not now: ${unavailabilityWords[may.reason]}`}
      >
        Send
      </button>
      <p className="chat-noticed">{isNoticed ? "The customer sees that you are typing." : "Enter sends."}</p>
    </form>
  );
}
