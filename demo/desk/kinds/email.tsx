import type { AnySnapshot, EmailContent, SnapshotOf } from "deskstate";
import { useInteraction } from "deskstate/react";
import type { KeyboardEvent, ReactNode } from "react";
import { Form } from "../../controls.tsx";
import { useDemoContext } from "../../demo-context.tsx";
import { useDraft } from "../drafts.ts";
import { availabilityOf, notNowText, OperationButton } from "../operation-button.tsx";
import { usePerform } from "../use-perform.ts";
import type { KindRenderer } from "./kind-renderer.ts";

/** An email to be read, or the reply to one to be written. */
export const email: KindRenderer = {
  icon: "M3 6.5h18v11H3zM3.5 7l8.5 6.5L20.5 7",
  View: EmailView,
  arrival: { button: "Send an email", logged: "A customer wrote an email." },
};

function EmailView({ interaction }: { readonly interaction: AnySnapshot }): ReactNode {
  const { isRecorded } = useDemoContext();
  if (interaction.kind !== "email") return null;
  const { state, capabilities, parentId, email: content } = interaction;
  if (state === "Composing" && capabilities.includes("Send")) {
    return (
      <div className="email">
        {isRecorded ? (
          <p className="nothing">A reply was written here. The recording has its text once it is sent.</p>
        ) : (
          <ReplyForm reply={interaction} />
        )}
        {parentId !== undefined && <Answered id={parentId} />}
      </div>
    );
  }
  const missing =
    state === "Invited" ? "Its text arrives once it is accepted." : "The server did not send its text.";
  return (
    <div className="email">
      {content?.text === undefined ? <p className="nothing">{missing}</p> : <Content content={content} />}
    </div>
  );
}

function Content({ content }: { readonly content: EmailContent }): ReactNode {
  const { fromAddress, toAddress, subject, text } = content;
  const fields = [
    ["From", fromAddress],
    ["To", toAddress],
    ["Subject", subject],
  ] as const;
  return (
    <article aria-label="Email">
      <dl className="email-fields">
        {fields.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd dir="auto">{value ?? "not known"}</dd>
          </div>
        ))}
      </dl>
      <p className="email-text" dir="auto">
        {text}
      </p>
    </article>
  );
}

/** The email that a reply answers. */
function Answered({ id }: { readonly id: string }): ReactNode {
  const answered = useInteraction(id);
  if (answered?.kind !== "email" || answered.email === undefined) return null;
  return (
    <details className="email-answered" open>
      <summary>The email that this answers</summary>
      <Content content={answered.email} />
    </details>
  );
}

/** The reply to an email, from the first word until it is sent or canceled. */
function ReplyForm({ reply }: { readonly reply: SnapshotOf<"email"> }): ReactNode {
  const { id, email: content } = reply;
  const perform = usePerform();
  const [to, setTo] = useDraft(`${id} to`, content?.toAddress ?? "");
  const [subject, setSubject] = useDraft(`${id} subject`, content?.subject ?? "");
  const [text, setText] = useDraft(`${id} text`);
  const availability = availabilityOf(reply, "Send");
  const canSend = availability.allowed && text.trim() !== "" && to.trim() !== "";

  const send = () => {
    if (!canSend) return;
    const changed = { ...(to === content?.toAddress ? {} : { to }), ...(subject === "" ? {} : { subject }) };
    void perform(reply, "Send", { text, ...changed });
  };
  const sendByKey = ({ key, ctrlKey, metaKey }: KeyboardEvent) => {
    if (key === "Enter" && (ctrlKey || metaKey)) send();
  };

  return (
    <Form className="reply" aria-label="Reply" onKeyDown={sendByKey} submit={send}>
      <Field id={`${id}-to`} label="To" value={to} change={setTo} />
      <Field id={`${id}-subject`} label="Subject" value={subject} change={setSubject} />
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
          title={notNowText(availability) ?? "Ctrl+Enter sends as well"}
        >
          Send
        </button>
        <OperationButton interaction={reply} operation="Cancel" />
      </div>
    </Form>
  );
}

function Field(field: {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly change: (value: string) => void;
}): ReactNode {
  return (
    <div className="field">
      <label htmlFor={field.id}>{field.label}</label>
      <input
        id={field.id}
        value={field.value}
        onChange={({ target }) => field.change(target.value)}
        autoComplete="off"
      />
    </div>
  );
}
