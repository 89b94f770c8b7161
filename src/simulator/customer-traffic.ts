import { type ChannelName, channelNames } from "./agents.ts";
import type { ContactCenter } from "./contact-center.ts";
import { customerConcerns, farewells } from "./customer-texts.ts";
import type { Customers } from "./customers.ts";
import { pickOne } from "./identifiers.ts";
import { createTimers, type SimTimers } from "./timers.ts";

/** The frequency of the customers, and their channels. */
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
  { meanGap = 20_000, channels = channelNames }: TrafficOptions,
): () => void {
  const [first, ...others] = channels;
  if (!(meanGap > 0) || first === undefined) {
    throw new Error("Customers need a mean gap above 0 milliseconds and at least one channel.");
  }
  const random = center.chance("traffic");
  const timers = createTimers(center.timers);
  const arrive = (): void => {
    if (pickOne(random, [first, ...others]) === "email") customers.email();
    else chatAsCustomer(center, customers, timers);
    arriveLater();
  };
  const arriveLater = () => timers.after(-Math.log(1 - random()) * meanGap, arrive);
  arriveLater();
  return timers.clear;
}

/** Runs one customer in a chat: opens with a concern, answers the agent line by line, writes a farewell and leaves. */
function chatAsCustomer(center: ContactCenter, customers: Customers, { after }: SimTimers): void {
  const random = center.chance("traffic");
  const { subject, chat: script } = pickOne(random, customerConcerns);
  const [opening, ...lines] = script;
  const chat = customers.chat({ subject, text: opening });
  const customer = chat.transcript[0]?.userId;
  const timeout = 60_000 + random() * 60_000;
  let isWriting = false;
  let received = 0;

  const write = (text: string, then: () => void): void => {
    isWriting = true;
    after(800 + random() * 2_500, () => {
      chat.startTyping();
      after(600 + text.length * 40, () => {
        chat.stopTyping();
        chat.write(text);
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
    if (line !== undefined) write(line, wait);
    else write(pickOne(random, farewells), () => after(1_500, chat.leave));
  };

  wait();
  chat.subscribe(({ messageType, userId }) => {
    if (messageType !== center.behaviour.textMessageType || userId === customer) return;
    received++;
    if (!isWriting) answer();
  });
}
