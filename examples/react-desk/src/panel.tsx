import { useEffect, useRef } from "react";
import type { SnapshotOf } from "deskstate";
import { useInteraction } from "deskstate/react";
import { Draft, Operation } from "./operation.tsx";
import { linesOf, titleOf } from "./title.ts";

interface PanelProps {
  readonly id: string;
  readonly isSelected: boolean;
  readonly onSelect: (id: string) => void;
}

/** Shows one accepted interaction. */
export function Panel({ id, isSelected, onSelect }: PanelProps) {
  const interaction = useInteraction(id);
  const section = useRef<HTMLElement>(null);
  // The button that selected this panel may no longer exist.
  useEffect(() => {
    if (isSelected) section.current?.focus();
  }, [isSelected]);
  if (interaction === undefined) return null;
  const { isEnded, outcome, actions, dismiss } = interaction;
  const title = titleOf(interaction);
  return (
    <section ref={section} className="card" tabIndex={-1} hidden={!isSelected} aria-label={title}>
      <h2>{title}</h2>
      {interaction.kind === "email" && <Email email={interaction} onSelect={onSelect} />}
      {interaction.kind === "chat" && <Chat chat={interaction} />}
      <Operation action={actions.StopProcessing}>Finish</Operation>
      {isEnded && <p role="status">Ended: {outcome}</p>}
      {isEnded && <button onClick={dismiss}>Dismiss</button>}
    </section>
  );
}

function Email({ email, onSelect }: { email: SnapshotOf<"email">; onSelect: (id: string) => void }) {
  const { Reply, Send, Cancel } = email.actions;
  const goBack = () => onSelect(email.parentId ?? "");
  return (
    <>
      <p className="text">{email.email?.text}</p>
      {/* A reply is an interaction of its own, which the server creates. */}
      <Operation className="primary" action={Reply} onDone={(reply) => onSelect(reply.interactionId ?? "")}>
        Reply
      </Operation>
      {email.state === "Composing" && (
        <Draft label="Your answer" action={Send && ((text) => Send({ text }))} onDone={goBack} />
      )}
      <Operation action={Cancel} onDone={goBack}>
        Cancel
      </Operation>
    </>
  );
}

function Chat({ chat: { transcript, isEnded, actions } }: { chat: SnapshotOf<"chat"> }) {
  const { Send, LeaveChat } = actions;
  const log = useRef<HTMLOListElement>(null);
  useEffect(() => {
    log.current?.scrollTo({ top: log.current.scrollHeight });
  }, [transcript]);
  const typing = transcript.parties.find(({ isTyping }) => isTyping);
  return (
    <>
      <ol ref={log} role="log" aria-label="Transcript" tabIndex={0}>
        {linesOf(transcript).map(({ id, who, what }) => (
          <li key={id}>
            <b>{who}</b> {what}
          </li>
        ))}
      </ol>
      <p className="quiet">{typing && !isEnded ? `${typing.nickName} is typing …` : "\u00a0"}</p>
      {!isEnded && <Draft label="Message" action={Send && ((text) => Send({ text }))} />}
      <Operation action={LeaveChat}>Leave chat</Operation>
    </>
  );
}
