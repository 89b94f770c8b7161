import { describe, expect, test } from "vitest";
import { openApp, untilLive, type Looks } from "./app-page.ts";
import { eventually } from "./eventually.ts";
import { faintTexts, accessibleParts, misplaced } from "./page-quality.ts";
import { useApp } from "./use-app.ts";
import { useBrowser } from "./use-browser.ts";

const browser = useBrowser();

describe.each(["react-desk", "vue-desk"])("%s", (name) => {
  const served = useApp(`examples/${name}`);

  /** The example, opened by an agent who has not signed in. */
  async function open(looks: Looks = {}) {
    const { url, simulator } = served();
    const app = await openApp(browser, url, looks);
    const { page } = app;
    return {
      app,
      page,
      simulator,
      button: (text: string) => page.getByRole("button", { name: text, exact: true }),
      inHand: (text: string) => page.getByRole("navigation").getByRole("listitem").getByText(text),
    };
  }

  /** The example with an agent who is Ready. */
  async function ready(looks: Looks = {}) {
    const desk = await open(looks);
    const { app, page, button } = desk;
    await button("Sign in").click();
    await untilLive(app);
    for (const channel of ["email", "chat"]) {
      await page.getByRole("group", { name: channel }).getByRole("button", { name: "Ready" }).click();
      await page.getByText(`${channel}: Ready`).waitFor();
    }
    return desk;
  }

  test("an agent signs in, goes Ready, accepts an email, replies and finishes it", async () => {
    const { app, page, simulator, button, inHand } = await ready();
    const customer = simulator.customers.email({ subject: "A puncture, again", text: "The rear wheel." });
    await button("Accept").click();
    await page.getByText("The rear wheel.").waitFor();
    await button("Reply").click();
    await page.getByRole("textbox", { name: "Your answer" }).fill("We send you a new tube.");
    await button("Send").click();
    await eventually("the customer has the reply", () => customer.replies.length > 0);
    expect(customer.replies.map(({ text }) => text)).toEqual(["We send you a new tube."]);
    await inHand("Email: A puncture, again").click();
    await button("Finish").click();
    await inHand("Email: A puncture, again").waitFor({ state: "detached" });
    expect(simulator.snapshot("agent1").interactions).toEqual([]);
    expect(app.complaints).toEqual([]);
  });

  test("while the network is cut a chat loses nothing, and the page shows its state", async () => {
    const { app, page, simulator, button } = await ready();
    const customer = simulator.customers.chat({ nickname: "Mia", text: "Hello?" });
    await button("Accept").click();
    const transcript = page.getByRole("log", { name: "Transcript" });
    await transcript.getByText("Hello?").waitFor();
    customer.startTyping();
    await page.getByText("Mia is typing …").waitFor();
    const sendMessage = async (text: string) => {
      await page.getByRole("textbox", { name: "Message" }).fill(text);
      await button("Send").click();
      await transcript.getByText(text).waitFor();
    };
    await sendMessage("I am here.");

    simulator.faults.refuseConnections(true);
    simulator.faults.dropConnections();
    await page.getByRole("status").getByText("Recovering").waitFor();
    customer.write("Are you still there?");
    simulator.customers.email({ subject: "While you were away" });
    expect(await button("Leave chat").count()).toBe(0);
    simulator.faults.refuseConnections(false);
    await untilLive(app);
    await page.getByRole("navigation").getByText("Email: While you were away").waitFor();
    await sendMessage("Yes, I am.");
    const texts = simulator
      .snapshot("agent1")
      .interactions.flatMap(({ transcript: events = [] }) => events.flatMap(({ text }) => text ?? []));
    expect(texts).toEqual(["Hello?", "I am here.", "Are you still there?", "Yes, I am."]);
    const lines = await transcript.getByRole("listitem").allTextContents();
    expect(texts.map((text) => lines.filter((line) => line.includes(text)).length)).toEqual([1, 1, 1, 1]);
    const states = (await app.statuses()).map((text) => /^\w+/.exec(text)?.[0]);
    expect(states.filter((state, index) => state !== states[index - 1]).slice(-5)).toEqual([
      "CatchingUp",
      "Live",
      "Recovering",
      "CatchingUp",
      "Live",
    ]);
    expect(app.complaints).toEqual([]);
  });

  test("a revoked offer can no longer be accepted, and an agent who leaves is signed out", async () => {
    const { app, page, simulator, button } = await ready();
    const email = simulator.customers.email({ subject: "A puncture, again" });
    await button("Accept").waitFor();
    simulator.revoke(email.id);
    await button("Accept").waitFor({ state: "detached" });
    await page.getByText(/^Nothing\. Make a channel Ready/).waitFor();
    await button("Sign out").click();
    await button("Sign in").waitFor();
    await eventually("the server knows that the agent left", () => {
      const { channels } = simulator.snapshot("agent1");
      return Object.values(channels).every(({ state }) => state !== "Ready");
    });
    expect(app.complaints).toEqual([]);
  });

  test("a wrong password is reported, and the agent can try again", async () => {
    const { app, page, button } = await open();
    const password = page.getByLabel("Password");
    await eventually("the page knows the agent", async () => (await password.inputValue()) !== "");
    await password.fill("not-the-password");
    await button("Sign in").click();
    await page.getByRole("status").getByText("Stopped").waitFor();
    await button("Sign out").click();
    await eventually("the page knows the agent", async () => (await password.inputValue()) !== "");
    await button("Sign in").click();
    await untilLive(app);
    expect(app.complaints).toEqual([]);
  });

  test.each([1280, 400])(
    "at %i pixels everything fits, has contrast in light and dark, and can be clicked and read aloud",
    async (width) => {
      const { page, simulator, button } = await ready({ width, reducedMotion: "reduce" });
      simulator.customers.chat({ nickname: "Mia", subject: "A puncture, again", text: "Hello?" });
      await button("Accept").click();
      await page.getByRole("log", { name: "Transcript" }).getByText("Hello?").waitFor();
      simulator.customers.email();
      await button("Accept").waitFor();
      expect(await misplaced(page)).toEqual([]);
      expect(await accessibleParts(page)).toEqual({ nameless: [], mains: 1 });
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });
        expect(await faintTexts(page)).toEqual([]);
      }
    },
  );
});
