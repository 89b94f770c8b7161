import type { Page } from "playwright-core";
import type { Simulator } from "../../src/simulator/index.ts";

/** What is worked on: as far as a page shows it, and as far as the server tells it. */
export interface Work {
  readonly state: string;
  readonly userData: readonly (readonly [string, string])[];
  /** Of an email its text, of a chat what was said. */
  readonly said: readonly string[];
}

/** What the demo shows of everything that the agent has accepted, each looked at in full. */
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

/** What the server knows of the same. */
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
