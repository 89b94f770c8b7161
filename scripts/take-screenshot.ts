// Takes the screenshot of the demo for the README. Customers, texts and times are the same in each run. Arguments: another
// file to write, a width in pixels, and `dark`.
import { fileURLToPath } from "node:url";
import { chromium, type Page } from "playwright-core";
import { createServer } from "vite";
import { simulatorOf } from "../demo/server/simulator-plugin.ts";
import { findChromium, noChromium } from "../test/browser/chromium.ts";

const [
  path = fileURLToPath(new URL("../docs/images/demo.png", import.meta.url)),
  width = "1280",
  colorScheme = "light",
] = process.argv.slice(2);
const executablePath = findChromium();
if (executablePath === undefined) {
  console.error(noChromium());
  process.exit(1);
}

const server = await createServer({
  root: fileURLToPath(new URL("../demo/", import.meta.url)),
  logLevel: "error",
  server: { port: 0, hmr: false, watch: null },
});
await server.listen();
const browser = await chromium.launch({ executablePath, args: ["--disable-gpu"] });
const page = await browser.newPage({
  viewport: { width: Number(width), height: 800 },
  colorScheme: colorScheme === "dark" ? "dark" : "light",
  reducedMotion: "reduce",
  locale: "en-GB",
  timezoneId: "UTC",
});
try {
  await show(page);
  await page.screenshot({ path, fullPage: page.viewportSize()!.width < 760 });
  console.log(`Wrote ${path}.`);
} finally {
  await browser.close();
  await server.close();
}

/** Leads the demo to the middle of a chat, with an email waiting. */
async function show(page: Page): Promise<void> {
  let time = Date.parse("2026-05-18T09:41:07Z");
  const later = (seconds: number) => page.clock.setFixedTime((time += 1000 * seconds));
  const button = (name: string | RegExp) => page.getByRole("button", { name });
  const { customers } = simulatorOf(server);
  const [address] = server.resolvedUrls?.local ?? [];

  await later(0);
  await page.goto(address ?? "");
  // The fallback font of a system without fonts is wider than usual fonts.
  await page.addStyleTag({ content: ":root { --sans: Arial, sans-serif; }" });
  await page.getByRole("status", { name: "Connection" }).getByText("Live").waitFor();
  await button("Hide the steps").click();
  for (const channel of ["Chat", "Email"]) {
    const ready = page.getByRole("switch", { name: `${channel} ready` });
    await ready.click();
    await page.locator(`[aria-checked=true][aria-label="${channel} ready"]`).waitFor();
  }
  await later(12);
  const mia = customers.chat({
    nickname: "Mia Keller",
    subject: "Brakes squeak",
    text: "Hello! My brakes squeak since the service on Monday.",
    userData: {
      OrderNumber: 40718,
      Bicycle: "Trekking 700, blue",
      CustomerSince: "2021",
      LastService: "2026-05-11",
      Language: "en",
      Newsletter: "no",
      Warranty: "2027-03",
    },
  });
  await button(/^Accept: /).click();
  const says = async (text: string) => {
    await later(9);
    await page.getByRole("textbox", { name: "Message to the customer" }).fill(text);
    await page.keyboard.press("Enter");
    await page.getByRole("log", { name: "Transcript" }).getByText(text).waitFor();
  };
  await says("Good morning! Is it the front wheel or the rear one?");
  await later(14);
  mia.write("The rear one. Only when it rains.");
  await page.getByRole("log", { name: "Transcript" }).getByText("The rear one.").waitFor();
  await says("Then it is the pads: new ones today, for free.");
  await later(6);
  mia.startTyping();
  await page.getByText("Mia Keller is typing", { exact: true }).waitFor();
  await later(3);
  customers.email({ from: "theo@mail.example", subject: "When is my order ready?" });
  await page.getByRole("timer").waitFor();
  await later(5);
  await page.getByText("offered 5 s ago").waitFor();

  await page.getByRole("button", { name: /^Edit OrderNumber/ }).evaluate((value) => {
    const row = value.closest("tr")!;
    row.closest("[role=region]")!.scrollTop = row.offsetTop;
  });
  await page.locator("svg .chart-state.is-current").waitFor();
  await page.evaluate(() => {
    (document.activeElement as HTMLElement).blur();
    // The countdown, five seconds after the offer.
    for (const animation of document.getAnimations()) {
      animation.pause();
      animation.currentTime = 5000;
    }
  });
}
