import type { InteractionOf } from "../../index.ts";
import { createInteractionApi, waitForCondition, type InteractionApi } from "../interaction-api.ts";
import { checkDeadline, checkText } from "../pacing.ts";
import { availability, perform, performOrThrow } from "../perform.ts";
import type { BotKind, ScriptContext, Step } from "../script-context.ts";
import { drawTime } from "../think-time.ts";
import {
  checkRules,
  checkMatcher,
  matcherText,
  type AnswerRules,
  type LineMatcher,
} from "./line-matching.ts";
import { CustomerLines, type CustomerLine } from "./customer-lines.ts";

/** The calls of a script on an accepted chat. */
export interface Chat extends InteractionApi<InteractionOf<"chat">> {
  /**
   * Waits for a line of the customer, and removes it: no later wait gets that line, or those before it, again.
   *
   * @param matcher - which line to wait for; default any
   * @throws BotError `deadline`, `customer-left`, `ended`; the next wait then still gets the lines
   */
  readonly customerSays: (matcher?: LineMatcher) => Promise<CustomerLine>;
  /** Resolves when the customer has left. @throws BotError `deadline`, `ended`, `stopped` */
  readonly customerLeaves: () => Promise<void>;
  /**
   * Types for as long as the text takes, with typing notices, and sends it.
   *
   * @throws BotError `invalid-argument` without a text; `not-done`, `deadline`, `ended`
   */
  readonly send: (text: string) => Promise<void>;
  /**
   * Answers line by line until the customer leaves, or is silent until the deadline; with `untilStopping` also until the
   * bot begins to stop, so that the script can send a goodbye.
   *
   * @returns which of them it was
   */
  readonly answer: {
    (rules: AnswerRules): Promise<Exclude<AnswerEnding, "stopping">>;
    (rules: AnswerRules, options: AnswerOptions): Promise<AnswerEnding>;
  };
  /** Leaves the chat; resolves immediately when it was left or has ended. @throws BotError `not-done`, `deadline` */
  readonly leave: () => Promise<void>;
  /** Returns the same chat with another deadline for its waits, in milliseconds. @throws BotError `invalid-argument` */
  readonly within: (ms: number) => Chat;
}

/** The end of answering lines. */
export interface AnswerOptions {
  /** Whether no line is taken any more once the bot begins to stop. */
  readonly untilStopping: boolean;
}

type AnswerEnding = "customer-left" | "silent" | "stopping";

export const chatBotKind: BotKind<InteractionOf<"chat">, Chat> = {
  name: "chat",
  channels: ["chat"],
  echoedOperations: ["Send"],
  createApi: (context, interaction) => createChatApi(context, interaction, new CustomerLines(interaction)),
  handBackSteps,
};

function handBackSteps(
  { state, transcript }: InteractionOf<"chat">,
  place: readonly Step[],
): readonly Step[] {
  if (state === "Left") return [["StopProcessing"]];
  if (state !== "Accepted") return [];
  const hasCustomer = transcript.parties.some(
    ({ userType, isPresent }) => userType === "Client" && isPresent,
  );
  return [...(hasCustomer ? place : []), ["LeaveChat"], ["StopProcessing"]];
}

/** The time between two notices to the customer that the agent types, in milliseconds. */
const noticeInterval = 5_000;

function createChatApi(
  context: ScriptContext,
  interaction: InteractionOf<"chat">,
  lines: CustomerLines,
): Chat {
  const { call } = context.scope;
  const answer = (rules: AnswerRules, options?: AnswerOptions) =>
    call.track("answer", async () => {
      const findAnswer = checkRules(rules);
      const isOver = () => options?.untilStopping === true && context.isStopping();
      for (;;) {
        const line = await nextLine(context, interaction, lines, isOver);
        if (typeof line === "string") return line;
        const text = await findAnswer(line);
        if (text !== undefined) await send(context, interaction, text);
      }
    });
  return Object.freeze<Chat>({
    ...createInteractionApi(context, interaction),
    customerSays: (matcher) => {
      const step = `customerSays(${matcherText(matcher)})`;
      return call.track(step, () => takeLine(context, interaction, lines, step, matcher));
    },
    customerLeaves: () =>
      call.track("customerLeaves", () =>
        waitForCondition(context, interaction, "the customer to leave", () => lines.isCustomerGone),
      ),
    send: (text) => call.track("send", () => send(context, interaction, text)),
    // Without the option it never ends with "stopping".
    answer: answer as Chat["answer"],
    leave: () =>
      call.track("leave", async () => {
        if (interaction.isEnded || interaction.state === "Left") return;
        await performOrThrow(context, interaction, "LeaveChat");
      }),
    within: (ms) => createChatApi({ ...context, within: checkDeadline("within", ms) }, interaction, lines),
  });
}

async function takeLine(
  { scope, desk, within }: ScriptContext,
  interaction: InteractionOf<"chat">,
  lines: CustomerLines,
  awaited: string,
  matcher: LineMatcher | undefined,
): Promise<CustomerLine> {
  const matches = checkMatcher("customerSays", matcher);
  // A wait that failed removed no line, so this one begins with the first that is left.
  let seen = 0;
  return scope.wait({
    awaited,
    on: [interaction, desk.connection],
    check: () => {
      const line = lines.next(seen, matches, () => scope.recent.add("a line that did not match"));
      seen = lines.length;
      return line;
    },
    hopeless: () => (lines.isCustomerGone ? "customer-left" : undefined),
    within,
  });
}

function nextLine(
  { scope, desk, within }: ScriptContext,
  interaction: InteractionOf<"chat">,
  lines: CustomerLines,
  isOver: () => boolean,
): Promise<CustomerLine | AnswerEnding> {
  return scope.wait<CustomerLine | AnswerEnding>({
    awaited: "a line to answer",
    on: [interaction, desk.connection],
    check: () => {
      const line = isOver() ? undefined : lines.next();
      if (line !== undefined) return line;
      if (lines.isCustomerGone) return "customer-left";
      return isOver() ? "stopping" : undefined;
    },
    within,
    atDeadline: "silent",
  });
}

async function send(context: ScriptContext, interaction: InteractionOf<"chat">, text: string): Promise<void> {
  checkText("send", text);
  let left = text.length * drawTime("typing", context.typing, context.random);
  while (left > 0) {
    // Its outcome is emitted like that of any operation; the text does not depend on it.
    if (availability(interaction, "SendNotification").allowed) {
      const notice = { noticeType: "TypingStarted" };
      perform(context, interaction, "SendNotification", [notice]).catch(() => {});
    }
    await context.scope.pause(Math.min(left, noticeInterval));
    left -= noticeInterval;
  }
  await performOrThrow(context, interaction, "Send", [{ text }]);
}
