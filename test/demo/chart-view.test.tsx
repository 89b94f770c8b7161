// @vitest-environment happy-dom
import { act, cleanup, render, screen } from "@testing-library/react";
import { channelMachine, chatMachine, connectionMachine, emailMachine } from "deskstate/machines";
import { afterEach, expect, test } from "vitest";
import { ChartView, type ChartViewProps } from "../../demo/chart/chart-view.tsx";
import { layoutOf } from "../../demo/chart/layout.ts";

afterEach(cleanup);

async function show(props: ChartViewProps) {
  const view = await act(async () => {
    await layoutOf(props.machine);
    return render(<ChartView {...props} />);
  });
  const again = (changed: ChartViewProps) => act(async () => view.rerender(<ChartView {...changed} />));
  return { picture: () => screen.getByRole("img"), again };
}

/** The ids of the states that are lit. */
function lit(picture: HTMLElement): (string | null)[] {
  return [...picture.querySelectorAll(".chart-state.is-current")].map((state) =>
    state.getAttribute("data-state"),
  );
}

/** The arrow that is highlighted, and what is highlighted on it. */
function taken(picture: HTMLElement): (string | null)[] {
  const arrows = [...picture.querySelectorAll(".chart-edge.is-taken")].map((arrow) =>
    arrow.getAttribute("data-edge"),
  );
  return [
    ...arrows,
    ...[...picture.querySelectorAll(".chart-fact.is-taken")].map((fact) => fact.textContent),
  ];
}

test("the current state is lit, and said in words", async () => {
  const { picture, again } = await show({ machine: emailMachine, current: "Invited" });
  expect(lit(picture())).toEqual(["Invited"]);
  expect(picture().getAttribute("aria-label")).toBe("The email chart. Current state: Invited.");

  await again({ machine: emailMachine, current: "Accepted" });
  expect(lit(picture())).toEqual(["Accepted"]);
});

test("a state inside another is lit with it", async () => {
  const { picture } = await show({ machine: chatMachine, current: { Ended: "Revoked" } });
  expect(lit(picture())).toEqual(["Ended", "Ended.Revoked"]);
  expect(picture().getAttribute("aria-label")).toBe("The chat chart. Current state: Ended, Revoked.");
});

test("the arrow that was taken last is highlighted, and said in words", async () => {
  const lastStep = { from: "Invited", fact: "Revoked" };
  const { picture } = await show({ machine: chatMachine, current: { Ended: "Revoked" }, lastStep });
  expect(taken(picture())).toEqual(["any of these → Ended.Revoked", "Revoked"]);
  expect(picture().getAttribute("aria-label")).toMatch(/Revoked led there from Invited\.$/);
});

test("of arrows with the same fact, the one from the state before is highlighted", async () => {
  const lastStep = { from: "Live", fact: "Lost" };
  const { picture } = await show({ machine: connectionMachine, current: "Recovering", lastStep });
  expect(taken(picture())).toEqual(["Live → Recovering", "Lost"]);
});

test("a fact that led nowhere highlights nothing", async () => {
  const lastStep = { from: "Ready", fact: "PropertiesChanged" };
  const { picture } = await show({ machine: channelMachine, current: "Ready", lastStep });
  expect(taken(picture())).toEqual([]);
  expect(picture().getAttribute("aria-label")).toBe("The channel chart. Current state: Ready.");
});

test("every state says on demand what it means", async () => {
  const { picture } = await show({ machine: channelMachine, current: "Unknown" });
  const ready = picture().querySelector('[data-state="Ready"] title');
  expect(ready?.textContent).toBe("The server offers interactions on this channel.");
});

test("another chart takes the place of the first", async () => {
  const { picture, again } = await show({ machine: channelMachine, current: "Ready" });
  await again({ machine: chatMachine, current: "Left" });
  await screen.findByRole("img", { name: /^The chat chart/ });
  expect(lit(picture())).toEqual(["Left"]);
});
