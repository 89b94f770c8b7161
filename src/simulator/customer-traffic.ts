import { type ChannelName, channelNames } from "./accounts.ts";
import type { ContactCenter } from "./contact-center.ts";
import type { Customers, SimulatedChat } from "./customers.ts";
import { customerConcerns, farewells } from "./customer-texts.ts";
import { pickOne } from "./identifiers.ts";

/** How many customers come, and where. */
export interface TrafficOptions {
  /** The mean time between two customers in milliseconds; default 20000. The gaps are exponentially distributed. */
  readonly meanGap?: number;
  /** The channels that customers use; default email and chat. */
  readonly channels?: readonly ChannelName[];
}

/** Creates customers until the returned function is called. After that, customers in a chat send nothing more. */
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

/** Runs one customer in a chat: opens with a concern, answers the agent line by line, says goodbye and leaves. */
function talk(center: ContactCenter, customers: Customers, after: After): void {
  const random = center.chance("traffic");
  const { subject, chat: script } = pickOne(random, customerConcerns);
  const [opening, ...lines] = script;
  const chat = customers.chat({ subject, text: opening });
  const customer = chat.transcript[0]?.userId;
  const timeout = 60_000 + random() * 60_000;
  let isWriting = false;
  let received = 0;

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
    const before = received;
    after(timeout, () => {
      if (received === before && !isWriting) chat.leave();
    });
  };
  const answer = (): void => {
    const line = lines.shift();
    if (line !== undefined) say(line, wait);
    else say(pickOne(random, farewells), () => after(1_500, () => chat.leave()));
  };

  wait();
  onTextOfOthers(chat, center.behaviour.textMessageType, customer, () => {
    received++;
    if (!isWriting) answer();
  });
}

/** Calls the listener for every text of another party. */
function onTextOfOthers(
  chat: SimulatedChat,
  textType: string,
  customer: string | undefined,
  listener: () => void,
): void {
  chat.subscribe((event) => {
    if (event.messageType === textType && event.userId !== customer) listener();
  });
}
