import type { AnySnapshot, Availability } from "deskstate";
import { operationText, unavailabilityText } from "deskstate/text";
import type { ReactNode } from "react";
import { Button } from "../controls.tsx";
import { usePerform } from "./use-perform.ts";

interface OperationButtonProps {
  readonly interaction: AnySnapshot;
  readonly operation: string;
  readonly variant?: "primary" | "plain";
  /** The title of the interaction, for screen readers, where the place of the button does not make it clear. */
  readonly about?: string;
  /** Whether the form that the button opens is open. */
  readonly isOpen?: boolean;
  /** Called instead of performing the operation immediately. */
  readonly onPress?: () => void;
}

/** A button for one operation. It stays while its operation is pending or the desk is not live, and shows that. */
export function OperationButton({
  interaction,
  operation,
  variant = "plain",
  about,
  isOpen,
  onPress,
}: OperationButtonProps): ReactNode {
  const perform = usePerform();
  const availability = availabilityOf(interaction, operation);
  const name = operationText(operation);
  return (
    <Button
      className={`button ${variant}`}
      aria-label={about && `${name}: ${about}`}
      aria-busy={interaction.pending.includes(operation)}
      aria-expanded={isOpen}
      isDisabled={!availability.allowed}
      title={notNowText(availability)}
      press={onPress ?? (() => perform(interaction, operation))}
    >
      {name}
    </Button>
  );
}

/** Returns whether an operation of any kind of interaction can be performed now, and why not. */
export function availabilityOf(interaction: AnySnapshot, operation: string): Availability {
  return (interaction.can as (operation: string) => Availability)(operation);
}

/** Returns why an operation cannot be performed now; `undefined` when it can. */
export function notNowText(availability: Availability): string | undefined {
  return availability.allowed ? undefined : `Not now: ${unavailabilityText(availability.reason)}`;
}
