import type { AnySnapshot, OperationRule, OperationRules } from "deskstate";
import { useRef, useState, type ReactNode } from "react";
import { useWorkplace } from "../workplace.tsx";
import { needsNothing } from "./operation-fields.ts";
import { OperationButton } from "./operation-button.tsx";
import { OperationForm } from "./operation-form.tsx";

/** Operations that have a place of their own: where one writes, and where user data is edited. */
const withOwnPlace = new Set([
  "Send",
  "SendNotification",
  "Cancel",
  "AttachUserData",
  "UpdateUserData",
  "DeleteUserData",
]);
const primary = new Set(["Accept", "Reply"]);

/** A button for each operation that the server grants now; first what is mostly done next. */
export function Operations({ interaction }: { readonly interaction: AnySnapshot }): ReactNode {
  const { rules } = useWorkplace();
  const [openName, setOpenName] = useState<string>();
  const group = useRef<HTMLDivElement>(null);
  const granted = grantedOf(rules, interaction)
    .filter(({ operation }) => !withOwnPlace.has(operation))
    .sort((a, b) => Number(primary.has(b.operation)) - Number(primary.has(a.operation)));
  const open = granted.find(({ operation }) => operation === openName);
  const close = () => {
    group.current?.querySelector<HTMLElement>("[aria-expanded=true]")?.focus();
    setOpenName(undefined);
  };
  if (granted.length === 0) return null;
  return (
    <div className="operations" role="group" aria-label="Operations" ref={group}>
      <div className="buttons">
        {granted.map(({ operation, parameters }) => (
          <OperationButton
            key={operation}
            interaction={interaction}
            operation={operation}
            kind={primary.has(operation) ? "primary" : "plain"}
            {...(needsNothing(parameters)
              ? {}
              : {
                  isOpen: operation === openName,
                  onPress: () => setOpenName(operation === openName ? undefined : operation),
                })}
          />
        ))}
      </div>
      {open !== undefined && (
        <OperationForm key={open.operation} interaction={interaction} rule={open} close={close} />
      )}
    </div>
  );
}

/** The operations whose capability the server grants, in its own order. */
function grantedOf(rules: OperationRules, { channel, capabilities }: AnySnapshot): OperationRule[] {
  const table = rules.interaction.get(channel) ?? new Map<string, OperationRule>();
  return capabilities.flatMap((capability) =>
    [...table.values()].filter((rule) => rule.capability === capability),
  );
}
