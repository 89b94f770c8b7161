import type { AnySnapshot, Availability } from "deskstate";
import type { ReactNode } from "react";
import { useOperate } from "./use-operate.ts";
import { inWords, unavailabilityWords } from "./words.ts";

/** A button for one operation. It stays while its operation is under way or the desk is not live, and says so. */
export function OperationButton({
  interaction,
  operation,
  kind = "plain",
  about,
  isOpen,
  onPress,
}: {
  readonly interaction: AnySnapshot;
  readonly operation: string;
  readonly kind?: "primary" | "plain";
  /** What it is performed on, where the place of the button alone does not tell those who hear it. */
  readonly about?: string;
  /** Is what the button opens open? */
  readonly isOpen?: boolean;
  /** What to do instead of performing the operation at once. */
  readonly onPress?: () => void;
}): ReactNode {
  const operate = useOperate();
  const may = availabilityOf(interaction, operation);
  const isPending = interaction.pending.includes(operation);
  const name = inWords(operation);
  return (
    <button
      type="button"
      className={`button ${kind}`}
      aria-label={about === undefined ? undefined : `${name}: ${about}`}
      aria-disabled={!may.allowed}
      aria-busy={isPending}
      aria-expanded={isOpen}
      title={may.allowed ? undefined : `Not now: ${unavailabilityWords[may.reason]}`}
      onClick={() => {
        if (!may.allowed) return;
        if (onPress === undefined) void operate(interaction, operation);
        else onPress();
      }}
    >
      {name}
    </button>
  );
}

/** Why an operation of any channel can or cannot be performed now. */
export function availabilityOf(interaction: AnySnapshot, operation: string): Availability {
  return (interaction.can as (operation: string) => Availability)(operation);
}
