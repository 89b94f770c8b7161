import type { EmailContent, SnapshotOf } from "deskstate";
import { useInteraction } from "deskstate/react";
import type { ReactNode } from "react";
import { useWorkplace } from "../workplace.tsx";
import { ReplyForm } from "./reply-form.tsx";

/** An email to be read, or the reply to one to be written. */
export function EmailView({ email }: { readonly email: SnapshotOf<"email"> }): ReactNode {
  const { isRecorded } = useWorkplace();
  const isWritten = email.state === "Composing" && email.capabilities.includes("Send");
  if (isWritten) {
    return (
      <div className="email">
        {isRecorded ? (
          <p className="nothing">A reply was written here. What is written is told when it is sent.</p>
        ) : (
          <ReplyForm reply={email} />
        )}
        {email.parentId !== undefined && <Answered id={email.parentId} />}
      </div>
    );
  }
  return (
    <div className="email">
      {email.email?.text === undefined ? (
        <p className="nothing">
          {email.state === "Invited"
            ? "Its text comes when it is accepted."
            : "The server did not tell its text."}
        </p>
      ) : (
        <Content content={email.email} />
      )}
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
            <dd dir="auto">{value ?? "not told"}</dd>
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
