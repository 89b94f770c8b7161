import {
  defineBot,
  runBot,
  uniform,
  type Agent,
  type AnyInteraction,
  type Bot,
  type BotEvent,
  type BotKind,
  type BotSummary,
  type Chat,
  type Email,
  type InteractionApi,
  type Offer,
  type Script,
  type StandardApis,
} from "../../src/bot/index.ts";
import { noLink, type InteractionOf, type Desk, type OperationOutcome } from "../../src/index.ts";

// Checked by `npm run types`: what is marked as an error must be one, and everything else must not be.

export const script: Script = defineBot({
  typing: uniform(20, 80),
  offered: async (offer, agent) => (offer.times > 1 || agent.working() > 2 ? "Ignore" : "Accept"),
  chat: async (chat) => {
    const { text } = await chat.customerSays(/refund/);
    await chat.actions.Send({ text: text.toUpperCase() });
  },
  email: (email) => email.transfer({ queueName: "Billing" }),
  until: ({ tally }) => tally.handled > 10,
});

// @ts-expect-error an unknown key
defineBot({ chats: () => {} });
// @ts-expect-error not a decision
defineBot({ channels: ["chat"], offered: "Take" });
// @ts-expect-error a rule gives a decision
defineBot({ channels: ["chat"], offered: async () => "Take" });
// @ts-expect-error a place of one kind
defineBot({ channels: ["chat"], handBack: { workbin: "later" } });

export async function operationsAreThereWithoutACheck(chat: Chat, email: Email): Promise<void> {
  const outcome: OperationOutcome = await chat.actions.Send({ text: "Hello" });
  const tried: OperationOutcome = await chat.try.EndChatSession();
  await email.actions.Reply({ queueName: "Out" });
  await email.reply({ text: "Thank you", subject: "Re: Help" });
  // @ts-expect-error a chat has no Reply
  void chat.actions.Reply;
  // @ts-expect-error an email has no customer lines
  void email.customerSays;
  // @ts-expect-error a text is needed
  void chat.actions.Send({});
  // @ts-expect-error a text is needed
  void email.reply({ subject: "Re: Help" });
  // @ts-expect-error to one place
  void email.transfer({ workbinId: "later" });
  void [outcome, tried];
}

export async function waitsGiveWhatCame(chat: Chat, agent: Agent): Promise<void> {
  const text: string = (await chat.customerSays()).text;
  const within: Chat = chat.within(1000);
  const ending: "customer-left" | "silent" = await within.answer([[/a/, "b"]]);
  const live: InteractionOf<"chat"> = chat.interaction;
  await agent.waitUntil("work", (desk: Desk) => desk.interactions.getSnapshot().length > 0);
  // @ts-expect-error not a matcher
  void chat.customerSays(5);
  void [text, ending, live];
}

export function aChoiceIsOneOfItsWords(offer: Offer): "Accept" | "Reject" {
  // @ts-expect-error not one of the words
  const other: "Ignore" = offer.choose({ Accept: 1, Reject: 1 });
  void other;
  return offer.choose({ Accept: 1, Reject: 1 });
}

export function aBotNeedsADeskOrALink(desk: Desk): readonly Bot[] {
  // @ts-expect-error neither
  runBot(script, {});
  // @ts-expect-error both
  runBot(script, { desk, link: noLink });
  return [runBot(script, { desk }), runBot(script, { link: noLink, seed: 7, name: "ana" })];
}

export function anEventHasWhatBelongsToItsType(event: BotEvent): string | number | BotSummary {
  switch (event.type) {
    case "accepted":
      return event.duration;
    case "settled":
      return event.outcome;
    case "failed":
      return event.message;
    case "stopped":
      return event.summary;
    default:
      // @ts-expect-error not each event has a duration
      void event.duration;
      return `${event.bot} ${event.at}`;
  }
}

interface SurveyInteraction extends AnyInteraction {
  readonly kind: "survey";
  readonly actions: { readonly Submit?: (answers: { score: number }) => Promise<OperationOutcome> };
  readonly question: string;
}

interface SurveyKinds extends StandardApis {
  readonly survey: SurveyInteraction;
}

export const surveyScript: Script<SurveyKinds> = defineBot<SurveyKinds>({
  kinds: [{ name: "survey", channels: ["survey"] }],
  chat: (chat) => chat.send("Hello"),
  survey: async (survey, agent) => {
    const generic: InteractionApi<SurveyInteraction> = survey;
    await generic.waitUntil("a question", ({ question }) => question !== "");
    const outcome: OperationOutcome = await survey.actions.Submit({ score: agent.working() });
    // @ts-expect-error a number is needed
    void survey.try.Submit({});
    // @ts-expect-error a survey has no customer lines
    void survey.customerSays;
    void outcome;
  },
});

// @ts-expect-error a kind that the script has no type for
defineBot({ kinds: [{ name: "survey", channels: ["survey"] }], survey: () => {} });
// @ts-expect-error a kind that is not among the kinds of the type
defineBot<SurveyKinds>({ poll: () => {} });

interface Survey extends InteractionApi<SurveyInteraction> {
  readonly score: (score: number) => Promise<void>;
}

export const surveyKind: BotKind<SurveyInteraction, Survey> = { name: "survey", channels: ["survey"] };

export const ownApi = defineBot<{ readonly survey: Survey }>({
  kinds: [surveyKind],
  survey: (survey) => survey.score(5),
});

export function anyScriptMayBeRun(desk: Desk): readonly Bot[] {
  return [runBot(surveyScript, { desk }), runBot(ownApi, { desk })];
}
