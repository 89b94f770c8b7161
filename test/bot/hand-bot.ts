import { onTestFinished } from "vitest";
import type { Desk } from "../../src/index.ts";
import { runBot, type Bot, type BotEvent, type RunBotSettings, type Script } from "../../src/bot/index.ts";
import { chat, email, handDesk, joined, said, type Asked, type HandDesk } from "../desk/hand-desk.ts";

/** A bot whose server, clock and customers the test controls. */
export interface HandBot extends HandDesk {
  readonly bot: Bot;
  readonly events: BotEvent[];
  /** Those of one type. */
  readonly eventsOf: <Type extends BotEvent["type"]>(type: Type) => Extract<BotEvent, { type: Type }>[];
  /** Sets the response of the server to an operation from now on; by default it performs the operation. */
  readonly serve: (operation: string, how: Serving) => void;
  readonly offerChat: (id: string) => void;
  readonly offerEmail: (id: string) => void;
  /** Delivers a line of the customer of a chat. */
  readonly says: (id: string, text: string) => void;
  /** The customer of a chat leaves. */
  readonly leaves: (id: string) => void;
  /** Returns the lines of the agent in a chat. */
  readonly answers: (id: string) => string[];
  /** Lets so many milliseconds pass, with whatever comes of it. */
  readonly pass: (ms?: number) => Promise<void>;
  /** The operations that the server was asked for, such as `Accept chat1`. */
  readonly operations: () => string[];
}

/** `do` as a server does; `refuse`; or do not answer. */
export type Serving = "do" | "refuse" | "ignore";

const step = 20;

/**
 * @param atFirst - how the server deals with operations from the beginning
 * @param view - the desk as the bot sees it
 */
export async function handBot(
  script: Script,
  settings: RunBotSettings = {},
  atFirst: Readonly<Record<string, Serving>> = {},
  view: (desk: Desk) => Desk = (desk) => desk,
): Promise<HandBot> {
  const hand = await handDesk();
  const { desk, clock, asked, notify, deliver, settle } = hand;
  const events: BotEvent[] = [];
  const serving = new Map<string, Serving>(Object.entries(atFirst));
  const chats = new Map<string, object[]>();
  let served = 0;

  const transcriptOf = (id: string) => chats.get(id) ?? [];
  const content = (id: string) => ({
    content: { latestEventId: transcriptOf(id).length, events: transcriptOf(id) },
  });
  const add = (id: string, event: (eventId: number) => object) => {
    chats.set(id, [...transcriptOf(id), event(transcriptOf(id).length + 1)]);
    if (desk.interaction(id)?.state === "Accepted") notify(chat(id, "PropertiesChanged", content(id)));
  };
  const state = (id: string, name: string, more: object = {}) =>
    notify(id.startsWith("email") || id.startsWith("reply") ? email(id, name, more) : chat(id, name, more));

  const perform = async ({ operation, parameters, target, answer }: Asked) => {
    await answer({ kind: "acknowledged" });
    if (target.about === "channel") {
      const isReady = operation === "Ready";
      const reason = isReady ? {} : { reason: parameters["reason"] };
      const readiness = { channel: target.channel, userState: { state: operation, ...reason } };
      deliver({ channel: "/v2/me/channels", data: { channels: [readiness] } });
      return;
    }
    const { id } = target;
    if (operation === "Accept") {
      if (!chats.has(id)) state(id, "Accepted", { email_object: { text: "It broke.", subject: "Help" } });
      else {
        add(id, (eventId) => ({ ...joined[1], id: eventId }));
        state(id, "Accepted", content(id));
      }
    } else if (operation === "Send" && chats.has(id)) {
      add(id, (eventId) => said(eventId, "a", String(parameters["text"])));
    } else if (operation === "Reply") {
      const capabilities = ["Send", "Cancel"];
      state(`reply-${id}`, "Composing", { parentId: id, capabilities });
    } else if (operation === "Send") state(id, "Sent");
    else if (operation === "AttachUserData")
      state(id, "PropertiesChanged", { userData: parameters["userData"] });
    else if (operation === "Cancel") state(id, "Canceled");
    else if (operation === "Reject") state(id, "Revoked");
    else if (["LeaveChat", "StopProcessing", "SingleStepTransfer", "PlaceInWorkbin"].includes(operation)) {
      state(id, "Completed");
    }
  };

  const serveAll = async () => {
    await settle();
    for (; served < asked.length; served++) {
      const one = asked[served]!;
      const how = serving.get(one.operation) ?? "do";
      if (how === "do") await perform(one);
      if (how === "refuse") await one.answer({ kind: "refused", code: 4, message: "no" });
      await settle();
    }
  };

  const bot = runBot(script, {
    desk: view(desk),
    clock,
    name: "ana",
    ...settings,
    onEvent: (event) => {
      events.push(event);
      return settings.onEvent?.(event);
    },
  });
  const pass = async (ms = 0) => {
    await serveAll();
    for (let passed = 0; passed < ms; passed += step) {
      clock.advance(Math.min(step, ms - passed));
      await serveAll();
    }
  };
  onTestFinished(async () => {
    void bot.stop();
    void bot.stop();
    await pass(100);
  });
  await pass();
  return {
    ...hand,
    bot,
    events,
    eventsOf: (type) => events.filter((one) => one.type === type) as never,
    serve: (operation, how) => void serving.set(operation, how),
    offerChat: (id) => {
      chats.set(id, [{ ...joined[0] }]);
      notify(chat(id, "Invited", { currentQueue: "Talks" }));
    },
    offerEmail: (id) => notify(email(id, "Invited", { currentQueue: "Questions" })),
    says: (id, text) => add(id, (eventId) => said(eventId, "c", text)),
    leaves: (id) => add(id, (eventId) => ({ id: eventId, messageType: "PARTY_LEFT", userId: "c" })),
    answers: (id) =>
      transcriptOf(id).flatMap((one) =>
        "text" in one && "userId" in one && one.userId === "a" ? [String(one.text)] : [],
      ),
    pass,
    operations: () =>
      asked.map(
        ({ operation, target }) => `${operation} ${target.about === "channel" ? target.channel : target.id}`,
      ),
  };
}
