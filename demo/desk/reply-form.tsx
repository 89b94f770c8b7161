import type { SnapshotOf } from "deskstate";
import type { KeyboardEvent, ReactNode } from "react";
import { availabilityOf, OperationButton } from "./operation-button.tsx";
import { useDraft } from "./drafts.ts";
import { useOperate } from "./use-operate.ts";
import { unavailabilityWords } from "./words.ts";

/** The reply to an email, from the first word until it is sent or canceled. */
export function ReplyForm({ reply }: { readonly reply: SnapshotOf<"email"> }): ReactNode {
  const { id, email } = reply;
  const operate = useOperate();
  const [to, setTo] = useDraft(`${id} to`, email?.toAddress ?? "");
  const [subject, setSubject] = useDraft(`${id} subject`, email?.subject ?? "");
  const [text, setText] = useDraft(`${id} text`);
  const may = availabilityOf(reply, "Send");
  const canSend = may.allowed && text.trim() !== "" && to.trim() !== "";

  const send = () => {
    if (!canSend) return;
    const changed = { ...(to === email?.toAddress ? {} : { to }), ...(subject === "" ? {} : { subject }) };
    void operate(reply, "Send", { text, ...changed });
  };
  const sendByKey = ({ key, ctrlKey, metaKey }: KeyboardEvent) => {
    if (key === "Enter" && (ctrlKey || metaKey)) send();
  };

  return (
    <form
      className="reply"
      aria-label="Reply"
      onKeyDown={sendByKey}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <div className="field">
        <label htmlFor={`${id}-to`}>To</label>
        <input id={`${id}-to`} value={to} onChange={({ target }) => setTo(target.value)} autoComplete="off" />
      </div>
      <div className="field">
        <label htmlFor={`${id}-subject`}>Subject</label>
        <input
          id={`${id}-subject`}
          value={subject}
          onChange={({ target }) => setSubject(target.value)}
          autoComplete="off"
        />
      </div>
      <textarea
        aria-label="Text of the reply"
        placeholder="Write your answer"
        rows={7}
        value={text}
        onChange={({ target }) => setText(target.value)}
        data-first
      />
      <div className="buttons">
        <button
          type="submit"
          className="button primary"
          aria-disabled={!canSend}
          aria-busy={reply.pending.includes("Send")}
          title={may.allowed ? "Ctrl+Enter sends as well" : `Not now: ${unavailabilityWords[may.reason]}`}
        >
          Send
        </button>
        <OperationButton interaction={reply} operation="Cancel" />
      </div>
    </form>
  );
}
