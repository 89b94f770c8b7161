import type { AnySnapshot } from "deskstate";
import type { ReactNode } from "react";

/** The state of an interaction in the server's word, or how it ended. */
export function StateBadge({ interaction }: { readonly interaction: AnySnapshot }): ReactNode {
  const { state, isEnded, outcome, serverState } = interaction;
  const word = isEnded ? (outcome ?? "Ending …") : state === "Unknown" ? (serverState ?? state) : state;
  return (
    <span className="badge" data-state={isEnded ? "Ended" : state} data-outcome={outcome ?? undefined}>
      {word}
    </span>
  );
}
