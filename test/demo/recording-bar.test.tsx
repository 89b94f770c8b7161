// @vitest-environment happy-dom
import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { email } from "../desk/hand-desk.ts";
import { showApp } from "./shown-app.tsx";
import { usePage } from "./shown-page.tsx";
import { someRecording } from "./some-recording.ts";

usePage();

const region = (name: string) => within(screen.getByRole("region", { name }));

test("a file that is no recording leaves the live desk unchanged and shows why, until that is closed", async () => {
  const { open, press } = await showApp();
  await open("hello", "notes.txt");
  expect(screen.queryByRole("region", { name: "Replay" })).toBeNull();
  expect(screen.getByRole("alert").textContent).toContain(
    "notes.txt cannot be opened. Line 1 is not the header of a recording.",
  );
  await press("Close this message");
  expect(screen.queryByRole("alert")).toBeNull();
});

test("a file that is dropped on the page is opened", async () => {
  const { happen } = await showApp();
  const files = [new File([await someRecording()], "dropped.jsonl")];
  const dataTransfer = { files, types: ["Files"] };
  await happen(() => fireEvent.dragOver(document.body, { dataTransfer }));
  expect(screen.getByText("Drop a recording to open it")).toBeTruthy();
  await happen(() => fireEvent.drop(document.body, { dataTransfer }));
  expect(screen.queryByText("Drop a recording to open it")).toBeNull();
  expect(region("Replay").getByRole("heading", { name: "dropped.jsonl" })).toBeTruthy();
});

test("what happened is saved as a recording of the live desk from its beginning", async () => {
  const { happen, notify, open, press, where } = await showApp();
  await happen(() => notify(email("e", "Accepted", { userData: { Subject: "Saved" } })));
  let saved: Blob | undefined;
  vi.spyOn(URL, "createObjectURL").mockImplementation((blob) => {
    saved = blob as Blob;
    return "blob:saved";
  });
  await press("Save the recording");
  expect(region("What happened").getByText(/^saved as deskstate-.*\.jsonl$/)).toBeTruthy();
  await open(await saved!.text());
  await press("To the end");
  // A recording that begins with a checkpoint loads the code for it first.
  await waitFor(() => expect(where()).toContain("Email “Saved”: accepted"));
});
