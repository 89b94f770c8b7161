import type { AnySnapshot, UserDataValue } from "deskstate";
import { useState, type ReactNode } from "react";
import { interactionTitle as titleOf } from "deskstate/text";
import { useWorkplace } from "../workplace.tsx";
import { NewEntry } from "./new-entry.tsx";
import { availabilityOf } from "./operation-button.tsx";
import { UserDataRow } from "./user-data-row.tsx";
import { inWords, outcomeWords } from "./words.ts";

type Draft = Record<string, UserDataValue>;

/** What is attached to an interaction, edited in place while the server grants it. */
export function UserDataTable({ interaction }: { readonly interaction: AnySnapshot }): ReactNode {
  const { activity, isRecorded } = useWorkplace();
  const [editedKey, setEditedKey] = useState<string>();
  const entries = Object.entries(interaction.userData);
  const isGranted = (capability: string) => !isRecorded && interaction.capabilities.includes(capability);
  const may = (operation: string) => availabilityOf(interaction, operation).allowed;

  const edit = async (change: (draft: Draft) => void) => {
    setEditedKey(undefined);
    const outcomes = await interaction.editUserData(change);
    for (const outcome of outcomes) {
      const { text, tone } = outcomeWords(outcome);
      activity.tell(titleOf(interaction), `${inWords(outcome.operation)}: ${text}`, tone);
    }
  };

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
          <thead className="only-heard">
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
                canEdit={isGranted("UpdateUserData") ? may("UpdateUserData") : undefined}
                canDelete={isGranted("DeleteUserData") ? may("DeleteUserData") : undefined}
                isEdited={key === editedKey}
                begin={() => setEditedKey(key)}
                cancel={() => setEditedKey(undefined)}
                save={(next) =>
                  void edit((draft) => {
                    draft[key] = next;
                  })
                }
                remove={() =>
                  void edit((draft) => {
                    delete draft[key];
                  })
                }
              />
            ))}
          </tbody>
        </table>
      </div>
      {isGranted("AttachUserData") && (
        <NewEntry
          isPossible={may("AttachUserData")}
          attach={(key, value) =>
            void edit((draft) => {
              draft[key] = value;
            })
          }
        />
      )}
    </details>
  );
}
