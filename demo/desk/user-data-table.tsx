import type { AnySnapshot, UserDataValue } from "deskstate";
import { useState, type ReactNode } from "react";
import { Form } from "../controls.tsx";
import { useDemoContext } from "../demo-context.tsx";
import { availabilityOf } from "./operation-button.tsx";
import { UserDataRow } from "./user-data-row.tsx";

type Draft = Record<string, UserDataValue>;

/** The user data of an interaction, edited in place while the server grants it. */
export function UserDataTable({ interaction }: { readonly interaction: AnySnapshot }): ReactNode {
  const { isRecorded } = useDemoContext();
  const [editedKey, setEditedKey] = useState<string>();
  const entries = Object.entries(interaction.userData);
  const isGranted = (capability: string) => !isRecorded && interaction.capabilities.includes(capability);
  const isAllowed = (operation: string) => availabilityOf(interaction, operation).allowed;

  const edit = (change: (draft: Draft) => void) => {
    setEditedKey(undefined);
    void interaction.editUserData(change);
  };
  const set = (key: string, value: UserDataValue) =>
    edit((draft) => {
      draft[key] = value;
    });

  return (
    <details className="user-data" open>
      <summary>
        User data <span className="count">{entries.length}</span>
      </summary>
      <div className="user-data-scroll" tabIndex={0} role="region" aria-label="User data">
        <table>
          <colgroup>
            <col className="user-data-key" />
            <col />
            <col className="user-data-delete" />
          </colgroup>
          <thead className="visually-hidden">
            <tr>
              <th scope="col">Key</th>
              <th scope="col">Value</th>
              <th scope="col">Delete</th>
            </tr>
          </thead>
          <tbody>
            {entries.map(([key, value]) => (
              <UserDataRow
                key={key}
                name={key}
                value={value}
                canEdit={isGranted("UpdateUserData") ? isAllowed("UpdateUserData") : undefined}
                canDelete={isGranted("DeleteUserData") ? isAllowed("DeleteUserData") : undefined}
                isEdited={key === editedKey}
                begin={() => setEditedKey(key)}
                cancel={() => setEditedKey(undefined)}
                save={(next) => set(key, next)}
                remove={() => edit((draft) => void delete draft[key])}
              />
            ))}
          </tbody>
        </table>
      </div>
      {isGranted("AttachUserData") && <NewEntry isPossible={isAllowed("AttachUserData")} attach={set} />}
    </details>
  );
}

interface NewEntryProps {
  readonly isPossible: boolean;
  readonly attach: (key: string, value: string) => void;
}

/** The form that attaches a new entry. */
function NewEntry({ isPossible, attach }: NewEntryProps): ReactNode {
  return (
    <Form
      className="new-entry"
      aria-label="New entry"
      submit={(form) => {
        const [key, value] = [...new FormData(form).values()];
        if (!isPossible || typeof key !== "string" || typeof value !== "string" || key.trim() === "") return;
        attach(key.trim(), value);
        form.reset();
        form.querySelector("input")?.focus();
      }}
    >
      <input
        name="key"
        aria-label="New key"
        placeholder="New key"
        autoComplete="off"
        required
        maxLength={256}
      />
      <input name="value" aria-label="New value" placeholder="Value" autoComplete="off" />
      <button type="submit" className="button small" aria-disabled={!isPossible}>
        Attach
      </button>
    </Form>
  );
}
