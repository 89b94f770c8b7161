// @vitest-environment happy-dom
import { fireEvent, screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { email } from "../desk/hand-desk.ts";
import { showPage, usePage } from "./shown-page.tsx";

usePage();

const tab = (name: RegExp) => screen.getByRole("tab", { name });
const facts = () =>
  within(screen.getByRole("region", { name: "Last facts" }))
    .queryAllByRole("listitem")
    .map((item) => item.textContent.replace(/^\d\d:\d\d:\d\d/, ""));

test("each tab shows the state of its chart while another chart is shown", async () => {
  const { happen, notify } = await showPage();
  expect(tab(/^Interaction/).textContent).toBe("Interactionnone");
  expect(tab(/^Channel/).textContent).toBe("Channel: emailNotReady");
  expect(tab(/^Connection/).textContent).toBe("ConnectionLive");
  await happen(() => notify(email("e", "Accepted"), email("e", "Completed")));
  await happen(() => notify(email("f", "Invited")));
  expect(tab(/^Email/).textContent).toBe("EmailEnded.Completed");
});

test("the chart that changed comes to the front, with its facts and the states that they led to", async () => {
  const { happen, loseLink, notify } = await showPage();
  await happen(() => notify(email("e", "Invited")));
  expect(tab(/^Email/).getAttribute("aria-selected")).toBe("true");
  expect(screen.getByRole("img", { name: /The email chart. Current state: Invited/ })).toBeTruthy();
  expect(facts()).toEqual(["Invited→ Invited"]);
  await happen(() => notify(email("e", "PropertiesChanged", { userData: { a: 1 } })));
  expect(facts()).toEqual(["PropertiesChangedstays", "Invited→ Invited"]);
  await happen(loseLink);
  expect(tab(/^Connection/).getAttribute("aria-selected")).toBe("true");
  expect(facts()).toEqual(["Lost→ Recovering"]);
});

test("without following, the chosen chart stays in front", async () => {
  const { happen, loseLink, notify, press } = await showPage();
  await happen(() => notify(email("e", "Invited")));
  await press(screen.getByRole("checkbox", { name: "Follow what happens" }));
  await happen(loseLink);
  expect(tab(/^Email/).getAttribute("aria-selected")).toBe("true");
});

test("the arrow keys go from chart to chart", async () => {
  const { happen } = await showPage();
  tab(/^Interaction/).focus();
  await happen(() => fireEvent.keyDown(tab(/^Interaction/), { key: "ArrowLeft" }));
  expect(document.activeElement).toBe(tab(/^Connection/));
  await happen(() => fireEvent.keyDown(tab(/^Connection/), { key: "ArrowRight" }));
  expect(document.activeElement).toBe(tab(/^Interaction/));
});

test("the available operations are listed beside the reasons why the others are not", async () => {
  const { happen, loseLink, notify, press } = await showPage();
  await happen(() => notify(email("e", "Invited")));
  const words = () =>
    [...screen.getByRole("region", { name: "What can be done" }).querySelectorAll("dl > div")].map(
      ({ textContent }) => textContent,
    );
  expect(words()).toEqual([
    "NowAcceptReject",
    expect.stringMatching(/^Not now: the server does not grant it now.*Reply/),
  ]);
  await press(screen.getByRole("button", { name: "Accept" }));
  expect(words()).toContain("Not now: it is pendingAccept");
  await happen(loseLink);
  await press(tab(/^Email/));
  expect(words()[0]).toBe("Nownothing");
  expect(words()[1]).toMatch(/^Not now: the desk is not live/);
});
