import type { AnySnapshot, OperationRule, OperationRules } from "deskstate";
import { useRef, useState, type ReactNode } from "react";
import { useDemoContext } from "../demo-context.tsx";
import { OperationButton } from "./operation-button.tsx";
import { needsNothing } from "./operation-fields.ts";
import { OperationForm } from "./operation-form.tsx";

/** Operations whose controls are elsewhere: in the field for a message, and in the table of user data. */
const elsewhere = new Set([
  "Send",
  "SendNotification",
  "Cancel",
  "AttachUserData",
  "UpdateUserData",
  "DeleteUserData",
]);
const primary = new Set(["Accept", "Reply"]);

/** A button for each operation that the server grants now; the most common next ones first. */
export function Operations({ interaction }: { readonly interaction: AnySnapshot }): ReactNode {
  const { rules } = useDemoContext();
  const [openName, setOpenName] = useState<string>();
  const group = useRef<HTMLDivElement>(null);
  const granted = grantedOf(rules, interaction)
    .filter(({ operation }) => !elsewhere.has(operation))
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
            variant={primary.has(operation) ? "primary" : "plain"}
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

/** Returns the operations whose capability the server grants, in the server's order. */
function grantedOf(rules: OperationRules, { kind, capabilities }: AnySnapshot): OperationRule[] {
  const table = rules.interaction.get(kind) ?? new Map<string, OperationRule>();
  return capabilities.flatMap((capability) =>
    [...table.values()].filter((rule) => rule.capability === capability),
  );
}
