import { expect, test } from "vitest";
import {
  createInteractionApi,
  defineBot,
  runBot,
  type BotKind,
  type InteractionApi,
  type Script,
  type StandardApis,
} from "../../src/bot/index.ts";
import { noLink } from "../../src/index.ts";
import { chat } from "../desk/hand-desk.ts";
import { asSurveys, surveyKind, type SurveyInteraction } from "./as-survey.ts";
import { handBot } from "./hand-bot.ts";

type Kinds = StandardApis & { readonly survey: SurveyInteraction };

/** A bot that is offered one survey. */
async function inSurvey(script: Script) {
  const hand = await handBot(script, {}, {}, asSurveys);
  hand.offerChat("chat1");
  await hand.pass();
  return hand;
}

test("a script works on a kind that the bot does not know, through the generic api", async () => {
  const seen: unknown[] = [];
  const script = defineBot<Kinds>({
    kinds: [surveyKind],
    survey: async (survey, agent) => {
      seen.push(survey.id, survey.interaction.kind, agent.working("survey"), survey.hasEnded());
      const { outcome } = await survey.actions.Send({ text: "How was it?" });
      seen.push(outcome, (await survey.within(100).try.Reject()).outcome);
      await survey.waitUntil("a reason", ({ userData }) => userData["Reason"] !== undefined);
      await survey.complete();
      seen.push(survey.hasEnded());
    },
  });
  const hand = await inSurvey(script);
  await hand.pass(200);
  expect(hand.eventsOf("work-began")).toMatchObject([{ id: "chat1", channel: "survey" }]);
  hand.notify(chat("chat1", "PropertiesChanged", { userData: { Reason: "Price" } }));
  await hand.pass();
  expect(seen).toEqual(["chat1", "survey", 1, false, "Done", "NotAllowed", true]);
  expect(hand.eventsOf("work-ended")).toMatchObject([{ channel: "survey", ending: "finished" }]);
});

test("an interaction of a kind that the bot does not know is handed back to the script's place", async () => {
  const script = defineBot<Kinds>({
    kinds: [surveyKind],
    handBack: { workbinId: "surveys" },
    survey: () => {
      throw new Error("always");
    },
  });
  const hand = await inSurvey(script);
  expect(hand.eventsOf("failed")).toMatchObject([
    { part: "survey", message: "The script of survey chat1 threw Error; its last call was none." },
  ]);
  expect(hand.eventsOf("handed-back")).toMatchObject([{ id: "chat1", operation: "PlaceInWorkbin" }]);
});

/** The calls of a script on a survey. */
interface Survey extends InteractionApi<SurveyInteraction> {
  readonly ask: (question: string) => Promise<void>;
}

const surveyBotKind: BotKind<SurveyInteraction, Survey> = {
  name: "survey",
  channels: ["survey"],
  echoedOperations: ["Send"],
  createApi: (context, interaction) => {
    const api = createInteractionApi(context, interaction);
    return { ...api, ask: async (text) => void (await api.actions.Send({ text })) };
  },
  handBackSteps: () => [["LeaveChat"]],
};

test("a kind may bring an api, operations that are echoed, and a way to hand back of its own", async () => {
  const script = defineBot<StandardApis & { readonly survey: Survey }>({
    kinds: [surveyBotKind],
    survey: async (survey) => {
      await survey.ask("How was it?");
      throw new Error("after the question");
    },
  });
  const hand = await inSurvey(script);
  expect(hand.answers("chat1")).toEqual(["How was it?"]);
  expect(hand.eventsOf("echoed")).toMatchObject([{ id: "chat1", channel: "survey" }]);
  expect(hand.eventsOf("handed-back")).toMatchObject([{ operation: "LeaveChat" }]);
});

test("an accepted interaction whose kind has no handler is not worked on", async () => {
  const hand = await inSurvey({ kinds: [surveyKind], channels: ["survey"], offered: "Accept" });
  expect(hand.operations()).toContain("Accept chat1");
  expect(hand.eventsOf("work-began")).toEqual([]);
});

test("a kind of the script replaces the standard kind of its name", async () => {
  const script = defineBot<{ readonly chat: InteractionApi }>({
    kinds: [{ name: "chat", channels: ["chat"] }],
    chat: async (one) => one.complete(),
  });
  const hand = await handBot(script);
  hand.offerChat("chat1");
  await hand.pass();
  expect(hand.eventsOf("work-ended")).toMatchObject([{ ending: "finished", state: "Completed" }]);
});

test("a script works on the channels of the kinds that it has handlers for", () => {
  const kinds = [{ name: "survey", channels: ["survey", "poll"] }];
  const script = defineBot<Kinds>({ kinds, survey: () => {}, chat: () => {} });
  const { desk } = runBot(script, { link: noLink });
  expect(desk.channels.getSnapshot().map(({ name }) => name)).toEqual(["survey", "poll", "chat"]);
});

test("a kind without channels, or with the name of a setting, is refused", () => {
  for (const kind of [
    { name: "survey" },
    { name: "survey", channels: [] },
    { name: "shift", channels: ["shift"] },
  ]) {
    expect(() => defineBot({ kinds: [kind], channels: ["chat"] } as Script)).toThrow(
      '"kinds" of a script must be a list of kinds, each with a name of its own and channels',
    );
  }
});
