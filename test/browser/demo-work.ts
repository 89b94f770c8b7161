import type { Page } from "playwright-core";
import type { Simulator } from "../../src/simulator/index.ts";

/** An accepted interaction, as a page shows it or as the server has it. */
export interface Work {
  readonly state: string;
  readonly userData: readonly (readonly [string, string])[];
  /** The text of an email, the messages of a chat. */
  readonly said: readonly string[];
}

/** Returns all accepted interactions as the demo shows them, each selected in turn. */
export async function workShown(page: Page): Promise<Work[]> {
  const rows = page.getByRole("region", { name: "Interactions" }).getByRole("button");
  const works: Work[] = [];
  for (const row of await rows.all()) {
    await row.click();
    works.push(await page.getByRole("region", { name: "Selected interaction" }).evaluate(read));
  }
  return inOrder(works);
}

function read(panel: HTMLElement): Work {
  const texts = (selector: string, within: Element = panel) =>
    [...within.querySelectorAll(selector)].map(({ textContent }) => textContent);
  const rows = [...panel.querySelectorAll("tbody tr")];
  return {
    state: texts(".badge").join(),
    userData: rows.map((row) => [texts("th", row).join(), texts(".value", row).join()] as const),
    said: texts(".line-text, .email > article .email-text"),
  };
}

/** Returns the same interactions as the server has them. */
export function workKnown(simulator: Simulator, user: string): Work[] {
  const accepted = simulator.snapshot(user).interactions.filter(({ state }) => state !== "Invited");
  const works = accepted.map(({ state, userData, email, transcript = [] }) => ({
    state,
    userData: [...userData].map(([key, value]) => [key, value === "" ? "empty" : String(value)] as const),
    said: [...(email === undefined ? [] : [email.text]), ...transcript.flatMap(({ text }) => text ?? [])],
  }));
  return inOrder(works);
}

function inOrder(works: readonly Work[]): Work[] {
  return works.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}
