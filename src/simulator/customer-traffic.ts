import type { ChannelName } from "./agent.ts";
import { channelNames } from "./agent.ts";
import type { ContactCenter } from "./contact-center.ts";
import type { Customers, SimulatedChat } from "./customers.ts";
import { customerConcerns, farewells } from "./customer-texts.ts";
import { pickOne } from "./identifiers.ts";

/** How busy it is. */
export interface TrafficOptions {
  /** Mean time between two customers in milliseconds; default 20000. The gaps are random, as arrivals are. */
  readonly meanGap?: number;
  /** Where they write; default email and chat. */
  readonly channels?: readonly ChannelName[];
}

/** Lets customers come until the answer is called; then none comes any more and those in a chat fall silent. */
export function startTraffic(
  center: ContactCenter,
  customers: Customers,
  options: TrafficOptions,
): () => void {
  const { meanGap = 20_000, channels = channelNames } = options;
  const [first, ...others] = channels;
  if (!(meanGap > 0) || first === undefined) {
    throw new Error("Customers need a mean gap above 0 milliseconds and at least one channel.");
  }
  const random = center.chance("traffic");
  const cancels = new Set<() => void>();
  const after = (ms: number, run: () => void): void => {
    const cancel = center.timers.after(ms, () => {
      cancels.delete(cancel);
      run();
    });
    cancels.add(cancel);
  };
  const arrive = (): void => {
    if (pickOne(random, [first, ...others]) === "email") customers.email();
    else talk(center, customers, after);
    after(-Math.log(1 - random()) * meanGap, arrive);
  };
  after(-Math.log(1 - random()) * meanGap, arrive);
  return () => {
    for (const cancel of cancels) cancel();
    cancels.clear();
  };
}

type After = (ms: number, run: () => void) => void;

/** One customer in a chat: opens with his concern, answers the agent line by line, says goodbye and leaves. */
function talk(center: ContactCenter, customers: Customers, after: After): void {
  const random = center.chance("traffic");
  const { subject, chat: said } = pickOne(random, customerConcerns);
  const [opening, ...lines] = said;
  const chat = customers.chat({ subject, text: opening });
  const customer = chat.transcript[0]?.userId;
  const patience = 60_000 + random() * 60_000;
  let isWriting = false;
  let heard = 0;

  const say = (text: string, then: () => void): void => {
    isWriting = true;
    after(800 + random() * 2_500, () => {
      chat.startTyping();
      after(600 + text.length * 40, () => {
        chat.stopTyping();
        chat.say(text);
        isWriting = false;
        then();
      });
    });
  };
  const wait = (): void => {
    const before = heard;
    after(patience, () => {
      if (heard === before && !isWriting) chat.leave();
    });
  };
  const answer = (): void => {
    const line = lines.shift();
    if (line !== undefined) say(line, wait);
    else say(pickOne(random, farewells), () => after(1_500, () => chat.leave()));
  };

  wait();
  listen(chat, center.behaviour.textMessageType, customer, () => {
    heard++;
    if (!isWriting) answer();
  });
}

/** Calls `hear` for every text that somebody else says. */
function listen(chat: SimulatedChat, textType: string, customer: string | undefined, hear: () => void): void {
  chat.subscribe((event) => {
    if (event.messageType === textType && event.userId !== customer) hear();
  });
}
