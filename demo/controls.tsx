import type { ComponentProps, ReactNode } from "react";

interface ButtonProps extends Omit<ComponentProps<"button">, "onClick" | "disabled" | "type"> {
  readonly isDisabled?: boolean | undefined;
  readonly press: () => unknown;
}

/** A button. It stays in place while it is disabled, so that it keeps the focus. */
export function Button({ isDisabled = false, press, className = "button", ...rest }: ButtonProps): ReactNode {
  const onClick = () => {
    if (!isDisabled) void press();
  };
  return (
    <button type="button" className={className} aria-disabled={isDisabled} onClick={onClick} {...rest} />
  );
}

/** A button in a panel of controls. */
export function PanelButton({ className = "", ...button }: ButtonProps): ReactNode {
  return <Button className={`button panel-button ${className}`} {...button} />;
}

/** A button with a cross. Its `aria-label` names what it removes. */
export function CrossButton(button: ButtonProps & { readonly "aria-label": string }): ReactNode {
  return (
    <Button className="icon-button" {...button}>
      <span aria-hidden="true">×</span>
    </Button>
  );
}

/** An icon by its path, in a box of 24 × 24. The words beside it have the same meaning. */
export function Icon({ path }: { readonly path: string }): ReactNode {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={path} />
    </svg>
  );
}

interface FormProps extends Omit<ComponentProps<"form">, "onSubmit"> {
  readonly submit: (form: HTMLFormElement) => void;
  /** Called when Escape is pressed. */
  readonly cancel?: () => void;
}

/** A form that the page handles itself. */
export function Form({ submit, cancel, ...rest }: FormProps): ReactNode {
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        submit(event.currentTarget);
      }}
      onKeyDown={({ key }) => {
        if (key === "Escape") cancel?.();
      }}
      {...rest}
    />
  );
}

interface OptionsProps {
  readonly values: readonly (string | number)[];
  readonly textOf?: (value: string) => string;
}

/** The options of a `select`, each shown in the words of `textOf`. */
export function Options({ values, textOf = String }: OptionsProps): ReactNode {
  return values.map((value) => (
    <option key={value} value={value}>
      {textOf(String(value))}
    </option>
  ));
}
