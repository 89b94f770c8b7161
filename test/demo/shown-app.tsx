import { act, fireEvent, render, screen } from "@testing-library/react";
import { gws851 } from "deskstate/gws";
import { record } from "deskstate/recording";
import { StrictMode } from "react";
import { App } from "../../demo/app.tsx";
import { handDesk, type HandDesk } from "../desk/hand-desk.ts";
import { settled } from "./settled.ts";

/** The demo as a whole on a desk whose server is in the hands of the test. */
export interface ShownApp extends HandDesk {
  readonly happen: (change: () => unknown) => Promise<void>;
  /** Presses a button of the page by its name. */
  readonly press: (name: string | RegExp) => Promise<void>;
  /** Chooses a file to be opened, and waits until it is, or is refused. */
  readonly open: (text: string, name?: string) => Promise<void>;
  /** Takes the page down. */
  readonly unmount: () => void;
  /** Where the recording stands, in words. */
  readonly where: () => string;
}

export async function showApp(): Promise<ShownApp> {
  const hand = await handDesk();
  const recorder = record(hand.desk, { includeCustomerData: true });
  const happen = (change: () => unknown) =>
    act(async () => {
      await change();
      await settled();
    });
  let unmount = () => {};
  await happen(() => {
    ({ unmount } = render(
      <StrictMode>
        <App
          desk={hand.desk}
          recorder={recorder}
          rules={gws851.rules}
          nickname="Ana"
          reasons={["OutToLunch"]}
          offerTimeout={15_000}
        />
      </StrictMode>,
    ));
  });
  return {
    ...hand,
    happen,
    unmount,
    press: (name) => happen(() => fireEvent.click(buttonOf(name))),
    open: (text, name = "desk.jsonl") =>
      happen(() => {
        const inputs = [...document.querySelectorAll<HTMLInputElement>("input[type=file]")];
        fireEvent.change(inputs.at(-1)!, { target: { files: [new File([text], name)] } });
      }),
    where: () => screen.getByRole("status", { name: "Current entry" }).textContent,
  };
}

/** Finds a button of the visible page. The role queries of Testing Library do the same, and take much longer. */
function buttonOf(name: string | RegExp): HTMLElement {
  const [button] = [...document.querySelectorAll("button")].filter((one) => {
    const label = one.getAttribute("aria-label") ?? one.textContent;
    const isNamed = typeof name === "string" ? label === name : name.test(label);
    return isNamed && one.closest('[style*="display: none"]') === null;
  });
  if (button === undefined) throw new Error(`There is no button ${String(name)}.`);
  return button;
}
