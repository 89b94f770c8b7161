import { useInteraction } from "deskstate/react";
import { useLayoutEffect, useState, type ReactNode } from "react";
import { interactionTitle as titleOf } from "deskstate/text";
import { useNow } from "../use-now.ts";
import { useReadable } from "../watchable.ts";
import { useWorkplace } from "../workplace.tsx";
import { useShow } from "./use-show.ts";
import { offerWords } from "./countdown.ts";
import { Icon } from "./icon.tsx";
import { OperationButton } from "./operation-button.tsx";

/** An offer, how long it still stands, and the two answers to it. */
export function InvitationCard({ id }: { readonly id: string }): ReactNode {
  const invitation = useInteraction(id);
  const { isRecorded, offers, offerTimeout, selection } = useWorkplace();
  const { id: selectedId } = useReadable(selection);
  const show = useShow();
  const now = useNow(500);
  if (invitation === undefined) return null;
  const seen = offers.of(id);
  const title = titleOf(invitation);
  return (
    <li className="card invitation" data-selected={id === selectedId || undefined}>
      <button type="button" className="card-title" aria-current={id === selectedId} onClick={() => show(id)}>
        <Icon name={invitation.channel} />
        <span dir="auto">{title}</span>
      </button>
      <p role="timer" className="countdown">
        {offerWords(seen, now, offerTimeout)}
      </p>
      {offerTimeout !== undefined && <CountdownBar since={seen.time} timeout={offerTimeout} />}
      {!isRecorded && (
        <div className="buttons">
          <OperationButton interaction={invitation} operation="Accept" kind="primary" about={title} />
          <OperationButton interaction={invitation} operation="Reject" about={title} />
        </div>
      )}
    </li>
  );
}

/** The time that is left, as a bar. The words above say the same. */
function CountdownBar({ since, timeout }: { readonly since: number; readonly timeout: number }): ReactNode {
  // Told once, because an animation whose delay changes jumps; and again when the page is shown again, which begins it anew.
  const [delay, setDelay] = useState(0);
  useLayoutEffect(() => setDelay(Math.min(0, since - Date.now())), [since]);
  return (
    <div className="countdown-bar" aria-hidden="true">
      <div style={{ animationDuration: `${timeout}ms`, animationDelay: `${delay}ms` }} />
    </div>
  );
}
