import type { InteractionOf, ChatOperations } from "../index.ts";
import { done } from "./actions.ts";
import { answering, type Answers } from "./answers.ts";
import { handling, untilSo, type Handling } from "./handling.ts";
import { Hearing, type Line } from "./hearing.ts";
import { matching, shown, type Matcher } from "./matcher.ts";
import { checkText, deadline } from "./pacing.ts";
import { perform } from "./perform.ts";
import type { Stint } from "./stint.ts";
import { drawn, type ThinkTime } from "./think-time.ts";

/** An accepted chat, as a script works on it. */
export interface Chat extends Handling<ChatOperations, InteractionOf<"chat">> {
  /**
   * Waits until the customer says something, and takes it: no later wait sees that line, or those before it, again.
   *
   * @param matcher - what to listen for; anything when left out
   * @throws BotError `deadline`, `customer-left`, `ended`; what was said stays to be taken then
   */
  readonly customerSays: (matcher?: Matcher) => Promise<Line>;
  /** Waits until the customer has left. */
  readonly customerLeaves: () => Promise<void>;
  /** Types for as long as the text takes, with typing notices, and sends it. */
  readonly say: (text: string) => Promise<void>;
  /**
   * Answers line by line until the customer leaves, or says nothing until the deadline; with `untilStopping` also until
   * the bot begins to stop, so that the script can say goodbye.
   *
   * @returns which of them it was
   */
  readonly answer: {
    (answers: Answers): Promise<Exclude<AnswerEnding, "stopping">>;
    (answers: Answers, how: AnswerOptions): Promise<AnswerEnding>;
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

export function chatFace(
  stint: Stint,
  interaction: InteractionOf<"chat">,
  setup: ChatSetup,
  hearing = new Hearing(interaction),
): Chat {
  const { run } = stint.scope;
  const { typing, isStopping } = setup;
  const say = (text: string) => typed(stint, interaction, text, typing);
  return Object.freeze({
    ...handling<ChatOperations, InteractionOf<"chat">>(stint, interaction),
    customerSays: (matcher?: Matcher) => {
      const call = `customerSays(${shown(matcher)})`;
      return run.call(call, () =>
        heard(stint, interaction, hearing, call, matching("customerSays", matcher)),
      );
    },
    customerLeaves: () =>
      run.call("customerLeaves", () =>
        untilSo(stint, interaction, "the customer to leave", () => hearing.isCustomerGone),
      ),
    say: (text: string) => run.call("say", () => say(text)),
    answer: ((answers: Answers, how?: AnswerOptions) =>
      run.call("answer", async () => {
        const find = answering(answers);
        const isOver = () => how?.untilStopping === true && isStopping();
        for (;;) {
          const line = await nextLine(stint, interaction, hearing, isOver);
          if (typeof line === "string") return line;
          const text = await find(line);
          if (text !== undefined) await say(text);
        }
      })) as Chat["answer"],
    leave: () =>
      run.call("leave", async () => {
        if (!interaction.isEnded && interaction.state !== "Left") await done(stint, interaction, "LeaveChat");
      }),
    within: (ms: number) =>
      chatFace({ ...stint, within: deadline("within", ms) }, interaction, setup, hearing),
  });
}

async function heard(
  { scope, desk, within }: Stint,
  interaction: InteractionOf<"chat">,
  hearing: Hearing,
  awaited: string,
  matches: (line: Line) => boolean,
): Promise<Line> {
  // A wait that failed gives its lines back, so this one begins with the first that was not taken.
  let looked = 0;
  return scope.wait({
    awaited,
    on: [interaction, desk.connection],
    look: () => {
      const line = hearing.take(looked, matches, () => scope.notes.add("a line that did not match"));
      looked = hearing.length;
      return line;
    },
    hopeless: () => (hearing.isCustomerGone ? "customer-left" : undefined),
    within,
  });
}

function nextLine(
  { scope, desk, within }: Stint,
  interaction: InteractionOf<"chat">,
  hearing: Hearing,
  isOver: () => boolean,
): Promise<Line | AnswerEnding> {
  return scope.wait<Line | AnswerEnding>({
    awaited: "a line to answer",
    on: [interaction, desk.connection],
    look: () => {
      const next = isOver() ? "stopping" : hearing.take(0, isAny, () => {});
      return typeof next !== "object" && hearing.isCustomerGone ? "customer-left" : next;
    },
    within,
    atDeadline: "silent",
  });
}

const isAny = (): boolean => true;

async function typed(
  stint: Stint,
  interaction: InteractionOf<"chat">,
  text: string,
  typing: ThinkTime,
): Promise<void> {
  checkText("say", text);
  let left = text.length * drawn("typing", typing, stint.random);
  while (left > 0) {
    // What a notice leads to is told like any operation; the text does not depend on it.
    if (interaction.can("SendNotification").allowed) {
      perform(stint, interaction, "SendNotification", [{ noticeType: "TypingStarted" }]).catch(() => {});
    }
    await stint.scope.pause(Math.min(left, noticeEvery));
    left -= noticeEvery;
  }
  await done(stint, interaction, "Send", [{ text }]);
}
