// @vitest-environment happy-dom
import { act, render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import type { AnyMachineSnapshot, InspectionEvent } from "xstate";
import { createDesk, DeskError, type VocabularyOfDesk } from "../../../src/index.ts";
import { includeCustomerData, inspectDesk, maskText } from "../../../src/inspect/index.ts";
import { DeskProvider, useInteraction } from "../../../src/react/index.ts";
import { record, replay } from "../../../src/recording/index.ts";
import { dialect, kinds } from "./survey.ts";
import { surveyDesk } from "./survey-desk.ts";

const offered = ["Accept", "Reject"];
const taken = ["GradeSurvey", "StopProcessing"];
const question = { question: "How was it, Mia?" };

test("a kind from outside has states, data of its own, and actions as the server grants them", async () => {
  const { desk, notify, requests } = await surveyDesk();
  await notify("Invited", offered, question);
  const [first] = desk.invitations.getSnapshot();
  if (first?.kind !== "survey") throw new Error("not a survey");
  expect(first).toMatchObject({ channel: "feedback", state: "Invited", question: "How was it, Mia?" });
  expect(Object.keys(first.actions)).toEqual(["Accept", "Reject"]);
  const accepted = first.actions.Accept?.();
  await notify("Accepted", taken);
  await expect(accepted).resolves.toMatchObject({ outcome: "Done" });
  expect(requests).toEqual([
    { method: "POST", path: "/me/interactions/S1", body: { operationName: "Accept" } },
  ]);
  expect(desk.channel("feedback").state).toBe("Unknown");
  expect(desk.anomalies.getSnapshot()).toEqual([]);
});

test("its own operation is checked, encoded, and done when its data shows it", async () => {
  const { desk, notify, requests } = await surveyDesk();
  await notify("Accepted", taken, question);
  const survey = desk.interaction("S1");
  if (survey?.kind !== "survey") throw new Error("not a survey");
  expect(() => survey.actions.Grade?.({ grade: "five" as never })).toThrow(DeskError);
  const graded = survey.actions.Grade?.({ grade: 5 });
  expect(survey.pending).toEqual(["Grade"]);
  expect(requests.at(-1)?.body).toEqual({ operationName: "GiveGrade", grade: 5 });
  await notify("PropertiesChanged", undefined, { grade: 4 });
  expect(survey.pending).toEqual(["Grade"]);
  await notify("PropertiesChanged", undefined, { grade: 5 });
  await expect(graded).resolves.toMatchObject({ operation: "Grade", outcome: "Done" });
  expect(survey.grade).toBe(5);
});

test("its outcome is that of its life", async () => {
  const { desk, notify } = await surveyDesk();
  await notify("Accepted", taken, question);
  await notify("Completed", []);
  expect(desk.interaction("S1")).toMatchObject({ isEnded: true, state: "Completed", outcome: "Completed" });
});

test("its recording replays to the same, and hides what the customer was asked", async () => {
  const { desk, notify } = await surveyDesk();
  const clear = record(desk, { includeCustomerData: true });
  const hidden = record(desk);
  await notify("Invited", offered, question);
  await notify("Accepted", taken, { grade: 3 });
  await Promise.all([clear.stop(), hidden.stop()]);
  expect(hidden.text).not.toContain("Mia");
  expect(clear.text).toContain("Mia");
  const replayed = replay(clear.text, { kinds, dialect });
  await replayed.end();
  expect(replayed.desk.interaction("S1")).toMatchObject({
    kind: "survey",
    state: "Accepted",
    grade: 3,
    ...question,
  });
  expect(replayed.differences).toEqual([]);
});

test("an inspector sees its chart, and its data as a redactor lets it", async () => {
  const { desk, notify } = await surveyDesk();
  const seen = { none: "", masked: "", clear: "" };
  const into = (name: keyof typeof seen) => (event: InspectionEvent) => {
    if (event.type !== "@xstate.snapshot") return;
    const { value, context } = event.snapshot as AnyMachineSnapshot;
    seen[name] += JSON.stringify([value, context]);
  };
  inspectDesk(desk, into("none"), { only: ({ chart }) => chart === "survey" });
  inspectDesk(desk, into("masked"), { data: maskText });
  inspectDesk(desk, into("clear"), { data: includeCustomerData });
  await notify("Invited", offered, question);
  expect(seen.none).toContain("Invited");
  expect(seen.none).not.toContain("Mia");
  expect(seen.masked).toContain("••• ••• ••• ••••");
  expect(seen.clear).toContain("How was it, Mia?");
});

test("a hook reads it with its type", async () => {
  const { desk, notify } = await surveyDesk();
  function Survey() {
    const shown = useInteraction<VocabularyOfDesk<typeof desk>>("S1");
    if (shown?.kind !== "survey") return <p>none</p>;
    const { Accept } = shown.actions;
    return <p>{`${shown.question} ${Accept === undefined ? "" : "Accept"}`}</p>;
  }
  render(
    <DeskProvider desk={desk}>
      <Survey />
    </DeskProvider>,
  );
  expect(screen.getByText("none")).toBeTruthy();
  await act(() => notify("Invited", offered, question));
  expect(screen.getByText("How was it, Mia? Accept")).toBeTruthy();
});

test("kinds that share a name, a channel or a field are refused", () => {
  const link = { connect: () => {} } as never;
  for (const twice of [[kinds[2], kinds[2]], [{ ...kinds[0], name: "other" }]])
    expect(() => createDesk({ link, kinds: twice })).toThrow(/kinds/);
});
