import { expect, test } from "vitest";
import { defineBot, runBot, type StandardApis } from "../../src/bot/index.ts";
import {
  defineKind,
  scalar,
  standardKinds,
  type InteractionFact,
  type InteractionOf,
  type Link,
  type LinkListener,
  type StandardKinds,
  type StandardOperations,
  type VocabularyOf,
} from "../../src/index.ts";
import { gws851 } from "../../src/links/gws/index.ts";

const survey = defineKind({
  name: "survey",
  machine: standardKinds[0].machine,
  fields: { question: scalar<string>("customer") },
});

interface SurveyOperations extends StandardOperations {
  readonly interaction: StandardOperations["interaction"] & {
    readonly survey: StandardOperations["interaction"]["email"];
  };
}

type Words = VocabularyOf<readonly [...StandardKinds, typeof survey], SurveyOperations>;

interface Apis extends StandardApis {
  readonly survey: InteractionOf<"survey", Words>;
}

/** A server that has one survey, and does what is asked for. */
function surveyServer() {
  let listener: LinkListener | undefined;
  const asked: string[] = [];
  const notify = (change: InteractionFact["change"], capabilities: readonly string[] = []) =>
    listener?.onFacts([
      {
        about: "interaction",
        id: "survey1",
        channel: "survey",
        change,
        state: change,
        capabilities,
        known: { question: "How was it?" },
      },
    ]);
  const link: Link = {
    rules: {
      ...gws851.rules,
      interaction: new Map([["survey", gws851.rules.interaction.get("email")!]]),
    },
    connect: (one) => {
      listener = one;
      setTimeout(() => one.onConnected({ isAcknowledging: true }), 0);
    },
    disconnect: () => Promise.resolve(),
    readList: () => Promise.resolve({ kind: "read", facts: [], anomalies: [], ids: new Set() }),
    perform: ({ operation }) => {
      asked.push(operation);
      setTimeout(() => {
        if (operation === "Accept") notify("Accepted", ["StopProcessing"]);
        if (operation === "StopProcessing") notify("Completed");
      }, 0);
      return Promise.resolve({ kind: "acknowledged" });
    },
  };
  return { link, asked, offer: () => notify("Invited", ["Accept", "Reject"]) };
}

test("a bot creates a desk with the kinds of its script, and works on an interaction of a made-up kind", async () => {
  const questions: string[] = [];
  const { link, asked, offer } = surveyServer();
  const script = defineBot<Apis>({
    kinds: [survey],
    survey: async (one) => {
      questions.push(one.interaction.question ?? "");
      await one.actions.StopProcessing();
    },
    shift: async (agent) => {
      offer();
      // Longer than the survey takes; the bot stops before.
      await agent.pause(5_000);
    },
    until: { handled: 1 },
  });
  const summary = await runBot(script, { link }).finished;
  expect(summary).toMatchObject({ ending: "until", offered: 1, handled: 1, failed: 0, leftOpen: [] });
  expect(questions).toEqual(["How was it?"]);
  expect(asked).toEqual(["Accept", "StopProcessing"]);
});
