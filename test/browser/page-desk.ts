import { isDeepStrictEqual } from "node:util";
import type { Page } from "playwright-core";
import type { AgentAccount, Simulator } from "../../src/simulator/index.ts";
import { differences } from "../link/differences.ts";
import { pictureOfTruth } from "../link/picture.ts";
import { eventually } from "./eventually.ts";
import type { DeskPageOptions } from "./page/main.ts";

/** Creates a desk of this agent in the page, and waits until it is Live. */
export async function signIn(page: Page, agent: AgentAccount, options: DeskPageOptions = {}): Promise<void> {
  await page.evaluate(([account, more]) => window.deskPage.make(account, more).start(), [
    agent,
    options,
  ] as const);
}

export function stateOf(page: Page): Promise<string> {
  return page.evaluate(() => window.deskPage.desk.connection.state);
}

/** Makes both channels Ready. */
export async function goReady(page: Page): Promise<void> {
  const outcomes = await page.evaluate(async () => {
    const { desk } = window.deskPage;
    const answers = ["email", "chat"].map((name) => desk.channel(name).actions.Ready?.());
    return Promise.all(answers.map(async (answer) => (await answer)?.outcome));
  });
  if (outcomes.some((outcome) => outcome !== "Done")) throw new Error(`Ready ended in ${outcomes.join()}.`);
}

/** Accepts the chat with this id as soon as that is possible; gives how it ended. */
export async function acceptChat(page: Page, id: string): Promise<string | undefined> {
  let outcome: string | undefined;
  await eventually("the chat can be accepted", async () => {
    outcome = await page.evaluate(async (it) => {
      const chat = window.deskPage.desk.interaction(it);
      return chat?.kind === "chat" ? (await chat.actions.Accept?.({ nickname: "Ana" }))?.outcome : undefined;
    }, id);
    return outcome !== undefined;
  });
  return outcome;
}

/** Sends a message in a chat and resolves with its outcome. */
export function sendMessage(page: Page, id: string, text: string): Promise<string | undefined> {
  return page.evaluate(
    async ([it, words]) => {
      const chat = window.deskPage.desk.interaction(it);
      return chat?.kind === "chat" ? (await chat.actions.Send?.({ text: words }))?.outcome : undefined;
    },
    [id, text] as const,
  );
}

let marks = 0;

/**
 * Waits until the desk of the page is Live, has received a mark that was sent behind everything else, and shows what the
 * server knows. Gives the differences that stay, one line each.
 */
export async function compareWithTruth(page: Page, simulator: Simulator, user: string): Promise<string[]> {
  const truth = () => pictureOfTruth(simulator.snapshot(user));
  const channels = Object.keys(simulator.snapshot(user).channels);
  const shown = () =>
    page.evaluate((names) => window.deskPage.pictureOfDesk(window.deskPage.desk, names), channels);
  const mark = `mark${++marks}`;
  await eventually("a mark arrives at a desk that is Live", async () => {
    if ((await stateOf(page)) !== "Live") return false;
    const entry = { channel: "marks", userState: { state: "NotReady", reason: mark } };
    simulator.notify(user, "/v2/me/channels", { channels: [entry] });
    return page.evaluate((it) => window.deskPage.untilMarked(it), mark);
  });
  try {
    await eventually(
      "the desk shows what the server knows",
      async () => (await stateOf(page)) === "Live" && isDeepStrictEqual(await shown(), truth()),
      8000,
    );
    return [];
  } catch {
    return [await stateOf(page), ...differences(await shown(), truth())];
  }
}
