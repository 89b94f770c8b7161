// @vitest-environment happy-dom
import { act, cleanup, render, screen } from "@testing-library/react";
import { catalogue } from "deskstate/machines";
import type { ComponentProps } from "react";
import { afterEach, expect, test } from "vitest";
import { ChartView } from "../../demo/chart/chart-view.tsx";
import { statesOf, pathOf } from "../../scripts/charts/table.ts";

afterEach(cleanup);

type Props = ComponentProps<typeof ChartView>;

function show(props: Props) {
  const view = render(<ChartView {...props} />);
  const again = (changed: Props) => act(() => view.rerender(<ChartView {...changed} />));
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

test("the current state is lit, and part of the label", () => {
  const { picture, again } = show({ chart: "email", current: "Invited" });
  expect(lit(picture())).toEqual(["Invited"]);
  expect(picture().getAttribute("aria-label")).toBe("The email chart. Current state: Invited.");

  again({ chart: "email", current: "Accepted" });
  expect(lit(picture())).toEqual(["Accepted"]);
});

test("a state inside another is lit with it", () => {
  const { picture } = show({ chart: "chat", current: { Ended: "Revoked" } });
  expect(lit(picture())).toEqual(["Ended", "Ended.Revoked"]);
  expect(picture().getAttribute("aria-label")).toBe("The chat chart. Current state: Ended, Revoked.");
});

test("the arrow that was taken last is highlighted, and part of the label", () => {
  const lastStep = { from: "Invited", fact: "Revoked" };
  const { picture } = show({ chart: "chat", current: { Ended: "Revoked" }, lastStep });
  expect(taken(picture())).toEqual(["any of these → Ended.Revoked", "Revoked"]);
  expect(picture().getAttribute("aria-label")).toMatch(/Revoked led there from Invited\.$/);
});

test("of arrows with the same fact, the one from the state before is highlighted", () => {
  const lastStep = { from: "Live", fact: "Lost" };
  const { picture } = show({ chart: "connection", current: "Recovering", lastStep });
  expect(taken(picture())).toEqual(["Live → Recovering", "Lost"]);
});

test("a fact that led nowhere highlights nothing", () => {
  const lastStep = { from: "Ready", fact: "PropertiesChanged" };
  const { picture } = show({ chart: "channel", current: "Ready", lastStep });
  expect(taken(picture())).toEqual([]);
  expect(picture().getAttribute("aria-label")).toBe("The channel chart. Current state: Ready.");
});

test("every state has a tooltip that explains it", () => {
  const { picture } = show({ chart: "channel", current: "Unknown" });
  const ready = picture().querySelector('[data-state="Ready"] title');
  expect(ready?.textContent).toBe("The server offers interactions on this channel.");
});

test("another chart takes the place of the first", () => {
  const { picture, again } = show({ chart: "channel", current: "Ready" });
  again({ chart: "chat", current: "Left" });
  expect(picture().getAttribute("aria-label")).toMatch(/^The chat chart/);
  expect(lit(picture())).toEqual(["Left"]);
});

test("a rendering with the same chart keeps what is lit", () => {
  const { picture, again } = show({ chart: "chat", current: "Accepted" });
  again({ chart: "chat", current: "Accepted" });
  expect(lit(picture())).toEqual(["Accepted"]);
});

test("the facts that would change the current state stand out, those shared by several states among them", () => {
  const possible = (picture: HTMLElement) =>
    [...picture.querySelectorAll(".chart-fact.is-possible")].map(({ textContent }) => textContent).toSorted();
  const { picture, again } = show({ chart: "chat", current: "Accepted" });
  expect(possible(picture())).toEqual(["Completed", "Left", "Missing", "Revoked"]);
  expect(picture().querySelectorAll(".chart-edge.is-possible")).toHaveLength(4);
  again({ chart: "chat", current: { Ended: "Gone" } });
  expect(possible(picture())).toEqual([]);
});

test.each([...catalogue])("the generated drawing of the $id chart has exactly its states", (machine) => {
  const { picture } = show({ chart: machine.id, current: "" });
  const drawn = [...picture().querySelectorAll("[data-state]")].map((state) =>
    state.getAttribute("data-state"),
  );
  expect(drawn.toSorted()).toEqual(statesOf(machine).map(pathOf).toSorted());
});

test("a chart without a drawing has a text in its place", () => {
  render(<ChartView chart="survey" current="Open" />);
  expect(screen.getByText("There is no drawing of the survey chart.")).toBeTruthy();
});
