import type { UserDataValue } from "deskstate";
import { useRef, type ReactNode } from "react";
import { Button, CrossButton, Form } from "../controls.tsx";

interface UserDataRowProps {
  readonly name: string;
  readonly value: UserDataValue;
  /** Whether it can be edited now; `undefined` where the server does not grant it at all. */
  readonly canEdit: boolean | undefined;
  readonly canDelete: boolean | undefined;
  readonly isEdited: boolean;
  readonly begin: () => void;
  readonly cancel: () => void;
  readonly save: (value: UserDataValue) => void;
  readonly remove: () => void;
}

/** One entry of the user data. A click on its value opens a field: Enter saves, Escape cancels. */
export function UserDataRow(row: UserDataRowProps): ReactNode {
  const { name, value, canEdit, canDelete } = row;
  const cell = useRef<HTMLTableCellElement>(null);
  const text = textOfValue(value);
  const shown = text === "" ? <em>{value === null ? "null" : "empty"}</em> : text;
  const backToValue = () => requestAnimationFrame(() => cell.current?.querySelector("button")?.focus());

  return (
    <tr>
      <th scope="row" dir="auto">
        {name}
      </th>
      <td ref={cell}>
        {row.isEdited ? (
          <ValueForm
            name={name}
            text={text}
            save={(next) => {
              row.save(valueOfText(next, value));
              backToValue();
            }}
            cancel={() => {
              row.cancel();
              backToValue();
            }}
          />
        ) : canEdit === undefined ? (
          <span className="value" dir="auto">
            {shown}
          </span>
        ) : (
          <Button
            className="value"
            dir="auto"
            aria-label={`Edit ${name}: ${text}`}
            isDisabled={!canEdit}
            press={row.begin}
          >
            {shown}
          </Button>
        )}
      </td>
      <td>
        {canDelete !== undefined && (
          <CrossButton
            aria-label={`Delete ${name}`}
            title="Delete"
            isDisabled={!canDelete}
            press={row.remove}
          />
        )}
      </td>
    </tr>
  );
}

function ValueForm(form: {
  readonly name: string;
  readonly text: string;
  readonly save: (text: string) => void;
  readonly cancel: () => void;
}): ReactNode {
  return (
    <Form
      aria-label={`Edit ${form.name}`}
      submit={(element) => {
        const next = new FormData(element).get("value");
        if (typeof next === "string") form.save(next);
      }}
      cancel={form.cancel}
    >
      <input
        name="value"
        aria-label={`Value of ${form.name}`}
        defaultValue={form.text}
        autoComplete="off"
        autoFocus
      />
      <button type="submit" className="button small primary">
        Save
      </button>
    </Form>
  );
}

/** Returns a value of user data as it is shown and edited. */
export function textOfValue(value: UserDataValue): string {
  return value === null ? "" : String(value);
}

/** Returns a typed text as a value: a number stays a number and a boolean a boolean where the text allows it. */
export function valueOfText(text: string, before: UserDataValue): UserDataValue {
  if (typeof before === "number" && text.trim() !== "" && Number.isFinite(Number(text))) return Number(text);
  if (typeof before === "boolean" && (text === "true" || text === "false")) return text === "true";
  if (before === null && text === "") return null;
  return text;
}
