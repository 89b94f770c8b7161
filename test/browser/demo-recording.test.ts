import { expect, test } from "vitest";
import { readRecording } from "../../src/recording/index.ts";
import {
  arrived,
  atWork,
  installReader,
  open,
  longTimeout,
  save,
  shownReplay,
  stepToEnd,
} from "./demo-recording.ts";
import { accept, goReady, sendMessage, useDemo } from "./use-demo.ts";

const openDemo = useDemo();

test("a recording is saved, opened and stepped through with its charts, forwards and back, and offers no controls", async () => {
  const demo = await openDemo();
  const { page, button, region } = demo;
  await atWork(demo);
  const text = await save(demo);
  const { entries, problem } = readRecording(text);
  expect(problem).toBeUndefined();
  expect(entries.slice(0, 3).map(({ seq, type }) => `${seq} ${type}`)).toEqual([
    "1 start",
    "2 connected",
    "3 list",
  ]);

  await installReader(page);
  await open(page, "day.jsonl", text);
  const where = page.getByRole("status", { name: "Current entry" });
  await where.getByText(`Before the first entry of ${entries.length}`).waitFor();
  expect(await region("Replay").textContent()).toContain("This is a recording: nothing can be sent.");
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("day.jsonl");
  await expect
    .poll(() => shownReplay(page), longTimeout)
    .toMatchObject({ details: ["none", "none", "Offline"] });

  const slider = page.getByRole("slider", { name: "Position in the recording" });
  const steps = await stepToEnd(page);
  expect(steps).toHaveLength(Number(await slider.getAttribute("max")));
  expect(steps.flatMap(({ offered }) => offered)).toEqual([]);
  // The state that is lit is the one that the tab of the same chart shows.
  const lit = steps.flatMap((shown) => shown.lit ?? []);
  const differing = steps.filter((shown) => shown.lit && !shown.details.includes(shown.lit));
  expect(differing).toEqual([]);
  const words = steps.map(({ entry }) => entry);
  expect(words.join("\n")).toMatch(/Email “.*A puncture, again”: accepted · Accept: done/);
  expect(words.join("\n")).toMatch(/Email “.*Taken away”: revoked/);
  expect(words.at(-1)).toContain(`Entry ${entries.length} of ${entries.length}`);
  expect(lit).toEqual(expect.arrayContaining(["Live", "Invited", "Accepted", "Ended.Completed"]));
  expect(await region("Replay").getByText("from the recording").count()).toBe(0);

  await region("Ended")
    .getByRole("button", { name: /Taken away/ })
    .click();
  await expect
    .poll(() => shownReplay(page), longTimeout)
    .toMatchObject({ lit: "Ended.Revoked", fact: "Revoked" });

  // Back to where the email was accepted: its chart shows that state and the last fact until then.
  await region("Interactions")
    .getByRole("button", { name: /A puncture, again/ })
    .click();
  const accepted = words.findIndex((one) => /A puncture, again”: accepted/.test(one)) + 1;
  await slider.fill(String(accepted));
  await arrived(page);
  expect(await where.textContent()).toBe(words[accepted - 1]);
  await expect
    .poll(() => shownReplay(page), longTimeout)
    .toMatchObject({ lit: "Accepted", fact: "Accepted" });
  await button("Back").click();
  await arrived(page);
  expect(await where.textContent()).toBe(words[accepted - 2]);
  await expect.poll(() => shownReplay(page), longTimeout).toMatchObject({ lit: "Invited" });
  expect(await page.getByRole("heading", { name: /A puncture, again/ }).isVisible()).toBe(true);
  await region("Invitations").getByText("A puncture, again").waitFor();
  expect((await shownReplay(page)).offered).toEqual([]);
  expect(demo.complaints).toEqual([]);
});

test("the live desk keeps running behind the replay, and is shown as it was left", async () => {
  const demo = await openDemo();
  const { page, button, region, simulator } = demo;
  await goReady(demo);
  const customer = simulator.customers.chat({ nickname: "Mia", subject: "Brakes", text: "Hello?" });
  await accept(demo);
  await page.getByRole("textbox", { name: "Message to the customer" }).fill("Half a sen");
  await page.getByRole("tab", { name: /^Connection/ }).click();
  await open(page, "live.jsonl", await save(demo));
  await button("To the end").click();
  await arrived(page);
  customer.write("Are you there?");
  await expect
    .poll(
      () =>
        page.evaluate(() => {
          const [chat] = window.desk.interactions.getSnapshot();
          return chat?.kind === "chat" ? chat.transcript.events.at(-1)?.text : undefined;
        }),
      longTimeout,
    )
    .toBe("Are you there?");
  // The recording is what it was.
  expect(await page.getByRole("log", { name: "Transcript" }).getByText("Are you there?").count()).toBe(0);
  simulator.customers.email({ subject: "Waits" });
  await button("Back to the live desk (1 offered)").click();
  await region("Invitations").getByText("Waits").waitFor();
  await page.getByRole("log", { name: "Transcript" }).getByText("Are you there?").waitFor();
  expect(await page.getByRole("textbox", { name: "Message to the customer" }).inputValue()).toBe(
    "Half a sen",
  );
  expect(await page.getByRole("tab", { name: /^Connection/, selected: true }).count()).toBe(1);
  expect(await page.getByRole("status").first().textContent()).toContain(
    "what is shown is what the server reports",
  );
  expect(await region("Replay").count()).toBe(0);
  await sendMessage(demo, "I am here.");
  expect(demo.complaints).toEqual([]);
});

test("a recording shows its problem and line; the next anomaly is found; another file leaves the live desk", async () => {
  const demo = await openDemo();
  const { page, button, region } = demo;
  await goReady(demo);
  const lines = (await save(demo)).trimEnd().split("\n");
  for (const [name, text, words] of [
    ["notes.txt", "hello\n", "notes.txt cannot be opened. Line 1 is not the header of a recording."],
    ["empty.jsonl", "", "empty.jsonl cannot be opened. It is empty."],
    [
      "newer.jsonl",
      lines.join("\n").replace(/"version":\d+/, '"version":9'),
      "Line 1 names a version of recordings",
    ],
  ] as const) {
    await open(page, name, text);
    await page.getByRole("alert").getByText(words).waitFor();
    expect(await region("Replay").count()).toBe(0);
    expect(await region("Simulator").isVisible()).toBe(true);
  }

  const last = JSON.parse(lines.at(-1) ?? "") as { seq: number; t: number };
  const anomalous = {
    seq: last.seq + 1,
    t: last.t,
    type: "frame",
    frame: { channel: "/v2/me/interactions", data: {} },
  };
  const corrupted = [...lines, JSON.stringify(anomalous), "{}", ""].join("\n");
  await open(page, "corrupted.jsonl", corrupted);
  await region("Replay")
    .getByText(`Line ${lines.length + 2} is not an entry of a recording`)
    .waitFor();
  await button("Next anomaly").click();
  await region("Replay")
    .getByText(/^1 anomaly up to here/)
    .waitFor();
  expect(await page.getByRole("status", { name: "Current entry" }).textContent()).toContain(
    `Entry ${anomalous.seq} of ${anomalous.seq}`,
  );
  await open(page, "cut.jsonl", lines.join("\n").slice(0, -5));
  await region("Replay").getByText(`Line ${lines.length}, the last one, is cut off.`).waitFor();
  expect(await region("Replay").getByRole("heading").textContent()).toBe("cut.jsonl");
  await button("Next anomaly").click();
  await region("Replay").getByText("There is no anomaly after this.").waitFor();
  expect(await page.getByRole("slider").inputValue()).toBe("0");
  expect(demo.complaints).toEqual([]);
});
