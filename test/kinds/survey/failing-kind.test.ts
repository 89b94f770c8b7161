import { expect, test } from "vitest";
import { kinds } from "./survey.ts";
import { surveyDesk } from "./survey-desk.ts";

const fail = (): never => {
  throw new Error("The customer wrote this.");
};
const [email, chat, survey] = kinds;
const { grade, question } = survey.fields;

/** A survey of which some functions throw. */
const surveyWith = (failing: Partial<typeof survey>): typeof kinds => [
  email,
  chat,
  { ...survey, ...failing },
];

const taken = ["GradeSurvey", "StopProcessing"];
const content = { grade: 5, question: "How was it?" };

test.each([
  ["isOutdated", surveyWith({ isOutdated: fail }), content],
  ["countMissing", surveyWith({ countMissing: fail }), content],
  ["grade", surveyWith({ evidence: { ...survey.evidence, grade: fail } }), content],
  ["question", surveyWith({ fields: { grade, question: { ...question, read: fail } } }), { grade: 5 }],
  ["question", surveyWith({ fields: { grade, question: { ...question, merge: fail } } }), { grade: 5 }],
  ["question", surveyWith({ fields: { grade, question: { ...question, view: fail } } }), { grade: 5 }],
])(
  "what %s of a kind throws is an anomaly, and operations settle all the same",
  async (name, failing, shown) => {
    const { desk, notify } = await surveyDesk({}, failing);
    await notify("Invited", ["Accept", "Reject"], content);
    const one = desk.interaction("S1");
    if (one?.kind !== "survey") throw new Error("not a survey");
    const accepted = one.actions.Accept?.();
    await notify("Accepted", taken, content);
    await expect(accepted).resolves.toMatchObject({ outcome: "Done" });
    void one.actions.Grade?.({ grade: 5 });
    await notify("PropertiesChanged", undefined, content);
    expect(one).toMatchObject({ state: "Accepted", ...shown });
    expect(one.question).toBe("question" in shown ? shown.question : undefined);
    const anomalies = desk.anomalies.getSnapshot();
    expect(new Set(anomalies.map(({ code }) => code))).toEqual(new Set(["kind-failed"]));
    expect(new Set(anomalies.map(({ message }) => message))).toEqual(
      new Set([`"${name}" of the kind "survey" threw an error.`]),
    );
    await notify("Completed", []);
    expect(desk.ended.getSnapshot().map(({ id }) => id)).toEqual(["S1"]);
  },
);
