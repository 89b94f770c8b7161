// @vitest-environment happy-dom
import { fireEvent, screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { email } from "../desk/hand-desk.ts";
import { showPage, usePage } from "./shown-page.tsx";

usePage();

const region = (name: string) => within(screen.getByRole("region", { name }));
const button = (name: string | RegExp) => screen.getByRole("button", { name });
const fromZoe = { userData: { FromAddress: "zoe@mail.example", Subject: "A puncture" } };

test("the connection is shown in plain words, and why it is not live", async () => {
  const { happen, loseLink, regainLink } = await showPage();
  const connection = () => screen.getByRole("status", { name: "Connection" }).textContent;
  expect(connection()).toMatch(/^Live /);
  await happen(loseLink);
  expect(connection()).toContain("Recovering … the server cannot be reached, trying again");
  await happen(regainLink);
  expect(connection()).toContain("Live");
});

test("while the server's list is read the page shows that it is catching up", async () => {
  const { happen, holdReadings, loseLink, regainLink } = await showPage();
  const letGo = holdReadings();
  await happen(loseLink);
  await happen(regainLink);
  const connection = screen.getByRole("status", { name: "Connection" });
  expect(connection.textContent).toContain("Catching up …");
  expect(connection.textContent).toContain("what is shown may be old");
  await happen(letGo);
  expect(connection.textContent).toContain("Live");
});

test("the switch of a channel moves when the server confirms it, not when it is pressed", async () => {
  const { asked, deliver, happen, press } = await showPage();
  const ready = screen.getByRole("switch", { name: "Chat ready" });
  await press(ready);
  expect(asked.map(({ operation }) => operation)).toEqual(["Ready"]);
  expect(ready.getAttribute("aria-checked")).toBe("false");
  expect(region("Channels").getByText("Ready requested …")).toBeTruthy();
  await press(ready);
  expect(asked).toHaveLength(1);
  expect(region("What happened").getAllByRole("listitem")).toHaveLength(1);
  const channels = [{ channel: "chat", userState: { state: "Ready" } }];
  await happen(() => deliver({ channel: "/v2/me/channels", data: { channels } }));
  expect(ready.getAttribute("aria-checked")).toBe("true");
});

test("an agent goes NotReady for one of the server's reasons", async () => {
  const { asked, deliver, happen } = await showPage();
  const channels = [{ channel: "chat", userState: { state: "Ready" } }];
  await happen(() => deliver({ channel: "/v2/me/channels", data: { channels } }));
  const reasons = screen.getByRole("combobox", { name: "Chat: not ready because" });
  await happen(() => fireEvent.change(reasons, { target: { value: "OutToLunch" } }));
  expect(asked).toMatchObject([{ operation: "NotReady", parameters: { reason: "OutToLunch" } }]);
});

test("an offer shows from whom it is, how long it stands, and both answers to it", async () => {
  const { happen, notify } = await showPage();
  await happen(() => notify(email("e", "Invited", fromZoe)));
  const invitations = region("Invitations");
  expect(invitations.getByRole("timer").textContent).toBe("offered 0 s ago · revoked at 15 s");
  expect(invitations.getByRole("button", { name: "Accept: zoe@mail.example: A puncture" })).toBeTruthy();
  expect(invitations.getByRole("button", { name: "Reject: zoe@mail.example: A puncture" })).toBeTruthy();
  expect(screen.getByRole("heading", { name: "zoe@mail.example: A puncture" })).toBeTruthy();
});

test("an accepted offer is shown as accepted when the server confirms it, and gets the focus", async () => {
  const { asked, happen, notify, press } = await showPage();
  await happen(() => notify(email("e", "Invited", fromZoe)));
  await press(button(/^Accept: /));
  expect(asked).toMatchObject([{ operation: "Accept", parameters: { nickname: "Ana" } }]);
  expect(region("Invitations").queryByRole("timer")).not.toBeNull();
  expect(button(/^Accept: /).title).toBe("Not now: it is pending");
  await happen(() => notify(email("e", "Accepted", fromZoe)));
  expect(region("Invitations").queryByRole("timer")).toBeNull();
  expect(region("Interactions").getByText("Accepted")).toBeTruthy();
  expect(document.activeElement?.textContent).toBe("zoe@mail.example: A puncture");
});

test("a revoked offer leaves the focus at the invitations, and is logged", async () => {
  const { happen, notify } = await showPage();
  await happen(() => notify(email("e", "Invited", fromZoe)));
  button(/^Reject: /).focus();
  await happen(() => notify(email("e", "Revoked")));
  expect(document.activeElement?.textContent).toBe("Invitations");
  expect(screen.getByRole("status", { name: "Outcomes" }).textContent).toContain("revoked");
  expect(region("Ended").getByText("Revoked")).toBeTruthy();
});

test("there is a button for each operation that the server grants, and none else", async () => {
  const { happen, notify } = await showPage();
  await happen(() =>
    notify(email("e", "Accepted", { ...fromZoe, capabilities: ["StopProcessing", "Reply"] })),
  );
  const names = () =>
    within(screen.getByRole("group", { name: "Operations" }))
      .getAllByRole("button")
      .map(({ textContent }) => textContent);
  expect(names()).toEqual(["Reply", "Stop processing"]);
  await happen(() => notify(email("e", "PropertiesChanged", { capabilities: ["PlaceInWorkbin"] })));
  expect(names()).toEqual(["Place in workbin"]);
});

test("while the desk is not live the buttons stay, do nothing and show why", async () => {
  const { asked, happen, loseLink, notify, press } = await showPage();
  await happen(() => notify(email("e", "Accepted", fromZoe)));
  await happen(loseLink);
  const stop = button("Stop processing");
  expect(stop.getAttribute("aria-disabled")).toBe("true");
  expect(stop.title).toBe("Not now: the desk is not live");
  await press(stop);
  expect(asked).toEqual([]);
});

test("a refusal is shown with the server's code and message", async () => {
  const { asked, happen, notify, press } = await showPage();
  await happen(() => notify(email("e", "Accepted", fromZoe)));
  await press(button("Stop processing"));
  await happen(() => asked[0]?.answer({ kind: "refused", code: 4, message: "Not now." }));
  const words = "Stop processing: refused by the server (code 4): Not now.";
  expect(screen.getByRole("status", { name: "Outcomes" }).textContent).toContain(words);
  expect(region("What happened").getByText(words)).toBeTruthy();
});

test("an operation that needs something asks for it, and goes back to its button", async () => {
  const { asked, happen, notify, press } = await showPage();
  await happen(() => notify(email("e", "Accepted", fromZoe)));
  await press(button("Place in workbin"));
  const form = within(screen.getByRole("form", { name: "Place in workbin" }));
  const field = form.getByRole("textbox", { name: "Workbin id" });
  expect(document.activeElement).toBe(field);
  fireEvent.change(field, { target: { value: "drafts" } });
  await happen(() => fireEvent.submit(screen.getByRole("form", { name: "Place in workbin" })));
  expect(asked).toMatchObject([{ operation: "PlaceInWorkbin", parameters: { workbinId: "drafts" } }]);

  await press(button("Single step transfer"));
  expect(screen.queryByRole("form", { name: "Single step transfer" })).toBeNull();
  await happen(() => asked[0]?.answer({ kind: "refused", code: 4, message: "No." }));
  expect(screen.queryByRole("form", { name: "Place in workbin" })).toBeNull();
});

test("Escape closes a form without doing anything", async () => {
  const { asked, happen, notify, press } = await showPage();
  await happen(() => notify(email("e", "Accepted", fromZoe)));
  await press(button("Single step transfer"));
  await happen(() => fireEvent.keyDown(screen.getByRole("textbox", { name: "Target" }), { key: "Escape" }));
  expect(screen.queryByRole("form", { name: "Single step transfer" })).toBeNull();
  expect(document.activeElement).toBe(button("Single step transfer"));
  expect(asked).toEqual([]);
});

test("what has ended stays with its outcome until it is dismissed", async () => {
  const { desk, happen, notify, press } = await showPage();
  await happen(() => notify(email("e", "Accepted", fromZoe), email("e", "Completed", fromZoe)));
  expect(region("Ended").getByText("Completed")).toBeTruthy();
  await press(button("Dismiss zoe@mail.example: A puncture"));
  expect(desk.ended.getSnapshot()).toEqual([]);
  expect(screen.getByRole("heading", { name: "Nothing is selected" })).toBeTruthy();
});
