import { DeskError, type AnySnapshot, type OperationRule } from "deskstate";
import { humanize, operationText } from "deskstate/text";
import { useState, type ReactNode } from "react";
import { fieldsOf, parametersFrom } from "./operation-fields.ts";
import { usePerform } from "./use-perform.ts";

/** Values that this simulator accepts. */
const examples: Readonly<Record<string, string>> = {
  targetUri: "agent2",
  queueName: "SimpleEmailInQueue",
  workbinId: "drafts",
};

/** Asks for the parameters of an operation, by its rule, and performs it. */
export function OperationForm({
  interaction,
  rule,
  close,
}: {
  readonly interaction: AnySnapshot;
  readonly rule: OperationRule;
  readonly close: () => void;
}): ReactNode {
  const perform = usePerform();
  const [problem, setProblem] = useState<string>();
  const { operation, parameters } = rule;
  const fields = fieldsOf(parameters);

  const submit = (form: FormData) => {
    const values = fields.map(({ names }, index) => ({
      name: textOf(form, `name-${index}`) || names[0],
      text: textOf(form, `text-${index}`),
    }));
    perform(interaction, operation, parametersFrom(parameters, values)).then(close, (error: unknown) => {
      if (!(error instanceof DeskError)) throw error;
      setProblem(error.message);
    });
  };

  return (
    <form
      className="operation-form"
      aria-label={operationText(operation)}
      onSubmit={(event) => {
        event.preventDefault();
        submit(new FormData(event.currentTarget));
      }}
      onKeyDown={({ key }) => {
        if (key === "Escape") close();
      }}
    >
      {fields.map(({ names, isRequired, words }, index) => (
        <div key={names[0]} className="field">
          {names.length === 1 ? (
            <label htmlFor={`field-${index}`}>{humanize(names[0])}</label>
          ) : (
            <select name={`name-${index}`} aria-label="Kind of target">
              {names.map((name) => (
                <option key={name} value={name}>
                  {humanize(name)}
                </option>
              ))}
            </select>
          )}
          {words === undefined ? (
            <input
              id={`field-${index}`}
              name={`text-${index}`}
              aria-label={names.length === 1 ? undefined : "Target"}
              placeholder={examples[names[0]] && `such as ${examples[names[0]]}`}
              required={isRequired}
              autoComplete="off"
              autoFocus={index === 0}
            />
          ) : (
            <select id={`field-${index}`} name={`text-${index}`}>
              {words.map((word) => (
                <option key={word}>{word}</option>
              ))}
            </select>
          )}
        </div>
      ))}
      <div className="buttons">
        <button type="submit" className="button primary">
          {operationText(operation)}
        </button>
        <button type="button" className="button" onClick={close}>
          Close
        </button>
      </div>
      {problem !== undefined && <p role="alert">{problem}</p>}
    </form>
  );
}

function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value : "";
}
