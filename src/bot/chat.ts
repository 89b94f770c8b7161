import type { ChatInteraction, ChatOperations } from "../index.ts";
import { done } from "./actions.ts";
import { answering, type AnswerRules } from "./answers.ts";
import { createInteractionApi, untilSo, type InteractionApi } from "./interaction-api.ts";
import { CustomerLines, type CustomerLine } from "./customer-lines.ts";
import { matching, shown, type Matcher } from "./matcher.ts";
import { checkText, deadline } from "./pacing.ts";
import { perform } from "./perform.ts";
import type { ScriptContext } from "./script-context.ts";
import { drawTime, type ThinkTime } from "./think-time.ts";

/** An accepted chat, as a script works on it. */
export interface Chat extends InteractionApi<ChatOperations, ChatInteraction> {
  /**
   * Waits until the customer says something, and takes it: no later wait sees that line, or those before it, again.
   *
   * @param matcher - what to listen for; anything when left out
   * @throws BotError `deadline`, `customer-left`, `ended`; what was said stays to be taken then
   */
  readonly customerSays: (matcher?: Matcher) => Promise<CustomerLine>;
  /** Waits until the customer has left. */
  readonly customerLeaves: () => Promise<void>;
  /** Types for as long as the text takes, with typing notices, and sends it. */
  readonly say: (text: string) => Promise<void>;
  /**
   * AnswerRules line by line until the customer leaves, or says nothing until the deadline; with `untilStopping` also until
   * the bot begins to stop, so that the script can say goodbye.
   *
   * @returns which of them it was
   */
  readonly answer: {
    (answers: AnswerRules): Promise<Exclude<AnswerEnding, "stopping">>;
    (answers: AnswerRules, how: AnswerOptions): Promise<AnswerEnding>;
  };
  /** Leaves the chat. One that was left or has ended already is left. */
  readonly leave: () => Promise<void>;
  /** The same chat with another deadline for its waits, in milliseconds. */
  readonly within: (ms: number) => Chat;
}

/** How long lines are answered. */
export interface AnswerOptions {
  /** Is no line taken any more once the bot begins to stop? By default the talk goes on for as long as it may. */
  readonly untilStopping: boolean;
}

type AnswerEnding = "customer-left" | "silent" | "stopping";

/** What a chat needs of the bot and its script. */
export interface ChatSetup {
  readonly typing: ThinkTime;
  readonly isStopping: () => boolean;
}

/** How often the customer is told that the agent types, in milliseconds. */
const noticeEvery = 5_000;

export function createChatApi(
  context: ScriptContext,
  interaction: ChatInteraction,
  setup: ChatSetup,
  lines = new CustomerLines(interaction),
): Chat {
  const { run } = context.scope;
  const { typing, isStopping } = setup;
  const say = (text: string) => typed(context, interaction, text, typing);
  return Object.freeze({
    ...createInteractionApi<ChatOperations, ChatInteraction>(context, interaction),
    customerSays: (matcher?: Matcher) => {
      const call = `customerSays(${shown(matcher)})`;
      return run.call(call, () =>
        heard(context, interaction, lines, call, matching("customerSays", matcher)),
      );
    },
    customerLeaves: () =>
      run.call("customerLeaves", () =>
        untilSo(context, interaction, "the customer to leave", () => lines.isCustomerGone),
      ),
    say: (text: string) => run.call("say", () => say(text)),
    answer: ((answers: AnswerRules, how?: AnswerOptions) =>
      run.call("answer", async () => {
        const find = answering(answers);
        const isOver = () => how?.untilStopping === true && isStopping();
        for (;;) {
          const line = await nextLine(context, interaction, lines, isOver);
          if (typeof line === "string") return line;
          const text = await find(line);
          if (text !== undefined) await say(text);
        }
      })) as Chat["answer"],
    leave: () =>
      run.call("leave", async () => {
        if (!interaction.isEnded && interaction.state !== "Left")
          await done(context, interaction, "LeaveChat");
      }),
    within: (ms: number) =>
      createChatApi({ ...context, within: deadline("within", ms) }, interaction, setup, lines),
  });
}

async function heard(
  { scope, desk, within }: ScriptContext,
  interaction: ChatInteraction,
  lines: CustomerLines,
  awaited: string,
  matches: (line: CustomerLine) => boolean,
): Promise<CustomerLine> {
  // A wait that failed gives its lines back, so this one begins with the first that was not taken.
  let looked = 0;
  return scope.wait({
    awaited,
    on: [interaction, desk.connection],
    look: () => {
      const line = lines.take(looked, matches, () => scope.notes.add("a line that did not match"));
      looked = lines.length;
      return line;
    },
    hopeless: () => (lines.isCustomerGone ? "customer-left" : undefined),
    within,
  });
}

function nextLine(
  { scope, desk, within }: ScriptContext,
  interaction: ChatInteraction,
  lines: CustomerLines,
  isOver: () => boolean,
): Promise<CustomerLine | AnswerEnding> {
  return scope.wait<CustomerLine | AnswerEnding>({
    awaited: "a line to answer",
    on: [interaction, desk.connection],
    look: () => {
      const next = isOver() ? "stopping" : lines.take(0, isAny, () => {});
      return typeof next !== "object" && lines.isCustomerGone ? "customer-left" : next;
    },
    within,
    atDeadline: "silent",
  });
}

const isAny = (): boolean => true;

async function typed(
  context: ScriptContext,
  interaction: ChatInteraction,
  text: string,
  typing: ThinkTime,
): Promise<void> {
  checkText("say", text);
  let left = text.length * drawTime("typing", typing, context.random);
  while (left > 0) {
    // What a notice leads to is told like any operation; the text does not depend on it.
    if (interaction.can("SendNotification").allowed) {
      perform(context, interaction, "SendNotification", [{ noticeType: "TypingStarted" }]).catch(() => {});
    }
    await context.scope.pause(Math.min(left, noticeEvery));
    left -= noticeEvery;
  }
  await done(context, interaction, "Send", [{ text }]);
}
