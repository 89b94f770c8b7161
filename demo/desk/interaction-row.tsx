import type { AnySnapshot } from "deskstate";
import { useInteraction } from "deskstate/react";
import type { ReactNode } from "react";
import { interactionTitle as titleOf, transcriptEventText as eventText } from "deskstate/text";
import { useReadable } from "../watchable.ts";
import { useWorkplace } from "../workplace.tsx";
import { useShow } from "./use-show.ts";
import { Icon } from "./icon.tsx";
import { StateBadge } from "./state-badge.tsx";

/** One interaction in a list, to be chosen. */
export function InteractionRow({
  id,
  children,
}: {
  readonly id: string;
  readonly children?: ReactNode;
}): ReactNode {
  const interaction = useInteraction(id);
  const { selection } = useWorkplace();
  const { id: selectedId } = useReadable(selection);
  const show = useShow();
  if (interaction === undefined) return null;
  return (
    <li className="card row" data-selected={id === selectedId || undefined}>
      <button type="button" className="card-title" aria-current={id === selectedId} onClick={() => show(id)}>
        <Icon name={interaction.channel} />
        <span className="row-words">
          <span className="row-name" dir="auto">
            {titleOf(interaction)}
          </span>
          <span className="row-news">
            <StateBadge interaction={interaction} />
            <span dir="auto">{newsOf(interaction)}</span>
          </span>
        </span>
      </button>
      {children}
    </li>
  );
}

/** The last that was heard, in one line. */
function newsOf(interaction: AnySnapshot): string {
  if (interaction.kind !== "chat" || interaction.isEnded) return "";
  const { transcript } = interaction;
  const typing = transcript.parties.find(({ isTyping, userType }) => isTyping && userType !== "Agent");
  if (typing !== undefined) return `${typing.nickName ?? "Customer"} is typing …`;
  const said = transcript.events.findLast(({ text }) => text !== undefined);
  return said === undefined ? "" : (eventText(transcript, said) ?? "");
}
