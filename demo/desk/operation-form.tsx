import { DeskError, type AnySnapshot, type OperationRule } from "deskstate";
import { humanize, operationText } from "deskstate/text";
import { useState, type ReactNode } from "react";
import { Button, Form, Options } from "../controls.tsx";
import { fieldsOf, parametersFrom } from "./operation-fields.ts";
import { usePerform } from "./use-perform.ts";

/** Values that this simulator accepts. */
const examples: Readonly<Record<string, string>> = {
  targetUri: "agent2",
  queueName: "SimpleEmailInQueue",
  workbinId: "drafts",
};

interface OperationFormProps {
  readonly interaction: AnySnapshot;
  readonly rule: OperationRule;
  readonly close: () => void;
}

/** Asks for the parameters of an operation, by its rule, and performs it. */
export function OperationForm({ interaction, rule, close }: OperationFormProps): ReactNode {
  const perform = usePerform();
  const [problem, setProblem] = useState<string>();
  const { operation, parameters } = rule;
  const fields = fieldsOf(parameters);

  const submit = (form: HTMLFormElement) => {
    const data = new FormData(form);
    const values = fields.map(({ names }, index) => ({
      name: textOf(data, `name-${index}`) || names[0],
      text: textOf(data, `text-${index}`),
    }));
    perform(interaction, operation, parametersFrom(parameters, values)).then(close, (error: unknown) => {
      if (!(error instanceof DeskError)) throw error;
      setProblem(error.message);
    });
  };

  return (
    <Form className="operation-form" aria-label={operationText(operation)} submit={submit} cancel={close}>
      {fields.map(({ names, isRequired, words }, index) => (
        <div key={names[0]} className="field">
          {names.length === 1 ? (
            <label htmlFor={`field-${index}`}>{humanize(names[0])}</label>
          ) : (
            <select name={`name-${index}`} aria-label="Kind of target">
              <Options values={names} textOf={humanize} />
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
              <Options values={words} />
            </select>
          )}
        </div>
      ))}
      <div className="buttons">
        <button type="submit" className="button primary">
          {operationText(operation)}
        </button>
        <Button press={close}>Close</Button>
      </div>
      {problem !== undefined && <p role="alert">{problem}</p>}
    </Form>
  );
}

function textOf(data: FormData, name: string): string {
  const value = data.get(name);
  return typeof value === "string" ? value : "";
}
