import type { ReactNode } from "react";

/** One way to go. It stays where it is while it leads nowhere, so that the focus does too. */
export function PlayerButton({
  icon,
  name,
  isIconOnly = false,
  isOff = false,
  press,
}: {
  /** The path of its sign. */
  readonly icon: string;
  readonly name: string;
  readonly isIconOnly?: boolean;
  readonly isOff?: boolean;
  readonly press: () => void;
}): ReactNode {
  return (
    <button
      type="button"
      className="button world-button player-button"
      aria-label={isIconOnly ? name : undefined}
      title={isIconOnly ? name : undefined}
      aria-disabled={isOff}
      onClick={() => {
        if (!isOff) press();
      }}
    >
      <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
        <path d={icon} />
      </svg>
      {!isIconOnly && name}
    </button>
  );
}
