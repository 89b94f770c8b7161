import { expect, test } from "vitest";
import { arrived, fileOf, open, longTimeout, save } from "./demo-recording.ts";
import { eventually } from "./eventually.ts";
import { faintTexts, accessibleParts, misplaced } from "./page-quality.ts";
import { accept, goReady, useDemo } from "./use-demo.ts";

const openDemo = useDemo();

test("the keyboard alone opens a recording, goes about in it and plays it, and leads back to the live desk", async () => {
  const demo = await openDemo();
  const { page, button } = demo;
  await goReady(demo);
  const file = fileOf("short.jsonl", await save(demo));
  const choosing = page.waitForEvent("filechooser");
  // The listener for a file chooser has to exist before the key is pressed.
  await button("Open a recording").focus();
  await page.keyboard.press("Enter");
  const chooser = await choosing;
  await chooser.setFiles(file);
  const slider = page.getByRole("slider");
  const place = async () => Number(await slider.inputValue());
  const steps = Number(await slider.getAttribute("max"));
  const passed: (string | null)[] = [];
  const tab = async () => {
    await page.keyboard.press("Tab");
    passed.push(
      await page.evaluate(
        () => document.activeElement!.getAttribute("aria-label") ?? document.activeElement!.textContent,
      ),
    );
  };
  for (let count = 0; count < 9; count++) await tab();
  expect(passed).toEqual([
    "Open another",
    "Back to the live desk",
    "To the beginning",
    "Back",
    "Play",
    "Step",
    "To the end",
    "Next anomaly",
    expect.stringContaining("1 ×"),
  ]);
  await tab();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await arrived(page);
  expect(await place()).toBe(2);
  await page.keyboard.press("End");
  await arrived(page);
  expect(await place()).toBe(steps);
  expect(await slider.getAttribute("aria-valuetext")).toMatch(/^Entry (\d+) of \1, 0:\d\d\.\d$/);
  await page.keyboard.press("ArrowLeft");
  await arrived(page);
  expect(await place()).toBe(steps - 1);
  await page.keyboard.press("Home");
  await arrived(page);
  await page.getByRole("combobox", { name: "Speed" }).selectOption("100");
  await button("Play").focus();
  await page.keyboard.press("Enter");
  await eventually("it has played to its end", async () => (await place()) === steps);
  await button("Back to the live desk").focus();
  await page.keyboard.press("Enter");
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.textContent), longTimeout)
    .toBe("Open a recording");
  expect(demo.complaints).toEqual([]);
});

test("in a long recording the latest target counts, however the slider is dragged", async () => {
  const demo = await openDemo();
  const { page } = demo;
  await goReady(demo);
  const lines = (await save(demo)).trimEnd().split("\n");
  const last = JSON.parse(lines.at(-1) ?? "") as { seq: number };
  const data = (id: number) => ({
    interaction: { id: `e${id % 300}`, interactionType: "email", state: "Invited" },
  });
  for (let seq = last.seq + 1; seq <= 5_000; seq++) {
    const frame = { channel: "/v2/me/interactions", data: data(seq) };
    lines.push(JSON.stringify({ seq, t: seq * 10, type: "frame", frame }));
  }
  await open(page, "long.jsonl", `${lines.join("\n")}\n`);
  const slider = page.getByRole("slider");
  await slider.waitFor();
  const box = (await slider.boundingBox())!;
  const at = (share: number) => [box.x + box.width * share, box.y + box.height / 2] as const;
  await page.mouse.move(...at(0.01));
  await page.mouse.down();
  for (const share of [0.2, 0.5, 0.9, 0.99, 0.7, 0.4, 0.3]) await page.mouse.move(...at(share));
  await page.mouse.up();
  const aim = Number(await slider.inputValue());
  await arrived(page);
  expect(Number(await slider.inputValue())).toBe(aim);
  const shown = await page.getByRole("status", { name: "Current entry" }).textContent();
  expect(shown).toContain(`${(await slider.getAttribute("aria-valuetext"))?.split(",")[0]}`);
  await page.getByRole("button", { name: "To the end" }).click();
  await page.getByText("Entry 5000 of 5000").waitFor();
  expect(demo.complaints).toEqual([]);
});

test.each([1280, 400])(
  "at %i pixels the replay fits, has contrast in light and dark, and can be clicked and read aloud",
  async (width) => {
    const demo = await openDemo({ width, reducedMotion: "reduce" });
    const { page, button, region, simulator } = demo;
    await goReady(demo);
    simulator.customers.chat({ nickname: "Mia", subject: "Brakes", text: "Hello?" });
    await accept(demo);
    simulator.customers.email();
    await region("Invitations").getByRole("timer").waitFor();
    const text = await save(demo);
    await open(page, "none.txt", "none");
    await page.getByRole("alert").waitFor();
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await faintTexts(page)).toEqual([]);
    }
    await open(page, `looks-${width}.jsonl`, text.trimEnd().slice(0, -1));
    await button("To the end").click();
    await arrived(page);
    await button("Back").click();
    await arrived(page);
    await page.locator(".inspector:visible .is-current").first().waitFor();
    expect(await misplaced(page)).toEqual([]);
    expect(await accessibleParts(page)).toEqual({ nameless: [], mains: 1 });
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await faintTexts(page)).toEqual([]);
    }
    expect(demo.complaints).toEqual([]);
  },
);
