// @vitest-environment happy-dom
import { fireEvent, screen, within } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { recordedDesk } from "../recording/recorded-desk.ts";
import { email } from "../desk/hand-desk.ts";
import { showApp } from "./shown-app.tsx";
import { usePage } from "./shown-page.tsx";
import { someRecording } from "./some-recording.ts";

usePage();

const region = (name: string) => within(screen.getByRole("region", { name }));
const tab = (name: RegExp) => screen.getByRole("tab", { name });
const slider = () => screen.getByRole<HTMLInputElement>("slider", { name: "Position in the recording" });
const facts = () =>
  region("Last facts")
    .queryAllByRole("listitem")
    .map((item) => item.textContent.replace(/^\d\d:\d\d:\d\d/, ""));

test("in place of the simulator there is the replay: the name of the file, the position, and that nothing can be sent", async () => {
  const { open, press, where } = await showApp();
  await open(await someRecording(), "monday.jsonl");
  const replay = region("Replay");
  expect(replay.getByRole("heading", { name: "monday.jsonl" })).toBe(document.activeElement);
  expect(replay.getByText(/^This is a recording: nothing can be sent\./)).toBeTruthy();
  expect(screen.queryByRole("region", { name: "Recording" })).toBeNull();
  expect(where()).toBe("Before the first entry of 13 Nothing has happened yet.");
  await press("To the end");
  expect(where()).toBe("Entry 13 of 13 Email “zoe@mail.example: A puncture”: completed");
  expect(replay.getByText("0:06.0 of 0:06.0")).toBeTruthy();
  await press("Back");
  expect(where()).toMatch(/^Entry 12 of 13 /);
});

test("a replayed desk has no button, switch or field that would send a request", async () => {
  const { open, press } = await showApp();
  const { recorder, notify } = await recordedDesk({ includeCustomerData: true });
  const reply = { capabilities: ["Send", "Cancel"], type: "Outbound", parentId: "e" };
  notify(email("e", "Accepted"), email("r", "Composing", { ...reply, userData: { Subject: "Reply" } }));
  notify(email("i", "Invited"), email("d", "Accepted"), email("d", "Completed"));
  const controls = () =>
    [...screen.getByRole("main").querySelectorAll("button, input, select, textarea, form")].filter(
      (control) => !control.matches(".card-title, [role=tab], .inspector [type=checkbox]"),
    );
  for (const text of [recorder.text, await someRecording()]) {
    await open(text);
    for (let steps = Number(slider().max); steps > 0; steps--) {
      await press("Step");
      expect(controls()).toEqual([]);
      for (const row of screen.getByRole("main").querySelectorAll(".card-title")) {
        fireEvent.click(row);
        expect(controls()).toEqual([]);
      }
    }
  }
});

test("the charts show the state of the moment and the facts up to then, also after going back", async () => {
  const { open, press } = await showApp();
  await open(await someRecording());
  await press("Next anomaly");
  expect(screen.getByRole("img", { name: /The email chart. Current state: Accepted/ })).toBeTruthy();
  expect(facts()[0]).toBe("Accepted→ Accepted");
  expect(region("Replay").getByText(/1 anomaly up to here\. At 0:03\.0/).textContent).toContain(
    "unknown-message No rule reads this message.",
  );
  for (let step = 0; step < 3; step++) await press("Back");
  expect(screen.getByRole("img", { name: /The email chart. Current state: Invited/ })).toBeTruthy();
  expect(facts()).toEqual(["OperationSent Acceptstays", "Invited→ Invited"]);
  expect(region("What happened").getByText("Accept …")).toBeTruthy();
});

test("the selected interaction and the chosen chart stay, forwards and back", async () => {
  const { happen, open, press } = await showApp();
  await open(await someRecording());
  await press("To the end");
  await happen(() => fireEvent.click(screen.getByRole("checkbox", { name: "Follow what happens" })));
  await happen(() => fireEvent.click(region("Interactions").getByRole("button")));
  await happen(() => fireEvent.click(tab(/^Channel: chat/)));
  for (const name of ["Back", "Step", "Back"]) {
    await press(name);
    expect(screen.getByRole("heading", { name: "Mia: Help" })).toBeTruthy();
    expect(tab(/^Channel: chat/).getAttribute("aria-selected")).toBe("true");
  }
});

test("an offer counts by the time of the recording, not by the clock on the wall", async () => {
  const { happen, open } = await showApp();
  await open(await someRecording());
  await happen(() => fireEvent.change(slider(), { target: { value: "5" } }));
  expect(region("Invitations").getByRole("timer").textContent).toBe("offered 1 s ago");
  await happen(() => fireEvent.change(slider(), { target: { value: "4" } }));
  expect(region("Invitations").getByRole("timer").textContent).toBe("offered 0 s ago");
});

test("the focus goes to what was opened, and back to where it was opened from", async () => {
  const { asked, happen, notify, open, press } = await showApp();
  await happen(() => notify(email("e", "Invited")));
  await press(/^Accept: /);
  await happen(() => asked[0]?.answer({ kind: "acknowledged" }));
  await happen(() => notify(email("e", "Accepted")));
  const text = await someRecording();
  for (const name of ["one.jsonl", "two.jsonl"]) {
    await open(text, name);
    expect(document.activeElement?.textContent).toBe(name);
    await happen(() => screen.getByRole("button", { name: "Open another" }).focus());
  }
  await press("Back to the live desk");
  expect(document.activeElement).toBe(screen.getByRole("button", { name: "Open a recording" }));
});

test("leaving the replay shows the live desk as it was left, with everything that happened since", async () => {
  const { happen, notify, open, press } = await showApp();
  await happen(() =>
    notify(email("live", "Accepted"), email("two", "Accepted", { userData: { Subject: "Two" } })),
  );
  await happen(() => fireEvent.click(region("Interactions").getByRole("button", { name: /Two/ })));
  await press("Place in workbin");
  await happen(() =>
    fireEvent.change(screen.getByRole("textbox", { name: "Workbin id" }), { target: { value: "dra" } }),
  );
  await happen(() => fireEvent.click(tab(/^Connection/)));
  await open(await someRecording());
  await press("To the end");
  await happen(() =>
    notify(email("two", "PropertiesChanged", { userData: { Subject: "Two" } }), email("new", "Invited")),
  );
  await press("Back to the live desk (1 offered)");
  expect(screen.queryByRole("region", { name: "Replay" })).toBeNull();
  expect(document.activeElement).toBe(screen.getByRole("button", { name: "Open a recording" }));
  expect(screen.getByRole("heading", { name: "Two" })).toBeTruthy();
  expect(screen.getByRole<HTMLInputElement>("textbox", { name: "Workbin id" }).value).toBe("dra");
  expect(tab(/^Connection/).getAttribute("aria-selected")).toBe("true");
  await happen(() => fireEvent.click(tab(/^Email/)));
  expect(facts()[0]).toBe("PropertiesChangedstays");
  expect(region("Invitations").getByRole("timer")).toBeTruthy();
});

test("the problem of a recording, and the results that differ, are shown", async () => {
  const { open, press } = await showApp();
  const lines = (await someRecording()).replace('"outcome":"Done"', '"outcome":"Refused"').split("\n");
  await open([...lines.slice(0, 12), "{}", ""].join("\n"));
  const replay = region("Replay");
  expect(replay.getByText(/^Line 13 is not an entry of a recording/)).toBeTruthy();
  await press("To the end");
  expect(replay.getByText("1 result differs from the recording")).toBeTruthy();
  expect(replay.getByText("Entry 8: Accept was Refused, and is Done.")).toBeTruthy();
  expect(replay.getByText(/^1 anomaly/)).toBeTruthy();
  await press("To the beginning");
  expect(replay.queryByText(/^1 anomaly/)).toBeNull();
});

test("a page that is taken down while a recording plays leaves no timer behind", async () => {
  const { open, press, unmount } = await showApp();
  await open(await someRecording());
  await press("Step");
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval"] });
  try {
    fireEvent.click(screen.getByRole("button", { name: "Play" }));
    expect(screen.getByRole("button", { name: "Pause" })).toBeTruthy();
    expect(vi.getTimerCount()).toBeGreaterThan(0);
    unmount();
    expect(vi.getTimerCount()).toBe(0);
  } finally {
    vi.useRealTimers();
  }
});
