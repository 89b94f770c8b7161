import type { ReactNode } from "react";
import { sanitizeLine as plain } from "deskstate/text";
import { useReadable } from "../watchable.ts";
import type { PlayerDoor } from "./player-door.ts";

/** That a file is being read, or why it was not opened. */
export function DoorNotice({ door }: { readonly door: PlayerDoor }): ReactNode {
  const { reading, failure } = useReadable(door);
  if (reading !== undefined) return <p role="status">Reading {plain(reading)} …</p>;
  if (failure === undefined) return null;
  return (
    <p className="notice can-close" data-tone="bad" role="alert">
      <span>{failure}</span>
      <button
        type="button"
        className="icon-button"
        aria-label="Close this message"
        title="Close"
        onClick={door.forget}
      >
        <span aria-hidden="true">×</span>
      </button>
    </p>
  );
}
