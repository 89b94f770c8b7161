import type { ChannelName, SimulatedChat, Simulator } from "../../simulator/index.ts";
import { pause, type WaitOptions } from "../pause.ts";

/** A customer of the scenario, by the channel. */
export interface Scene {
  readonly title: string;
  /** Whether the agent is at work on it. */
  readonly isHandled: () => boolean;
  readonly isOver: () => boolean;
  /** Lets another customer come, whose offer a supervisor revokes. */
  readonly offer: () => { readonly id: string; readonly state: string };
  /** Lets a customer write while the connection is lost. */
  readonly write: () => void;
}

type StartScene = (simulator: Simulator, options: WaitOptions) => Scene;

/** Starts the scene of a channel. */
export const scenes: Readonly<Record<ChannelName, StartScene>> = {
  email({ customers }) {
    const email = customers.email({
      from: "zoe.brandt@mail.example",
      subject: "Do you have child seats?",
      text: "Our daughter is two and weighs 13 kg. Which child seat fits a frame with a 34 mm tube?",
    });
    return {
      title: "A customer writes an email.",
      isHandled: () => email.state === "Accepted",
      isOver: () => email.state !== "Accepted",
      offer: () =>
        customers.email({
          from: "ada@post.example",
          subject: "Invoice counted twice",
          text: "Please give one of the two back.",
        }),
      write: () =>
        customers.email({
          from: "thomas.reed@mail.example",
          subject: "Service before the summer tour",
          text: "Can you look at four bicycles in June?",
        }),
    };
  },
  chat({ customers }, options) {
    const chat = customers.chat({ nickname: "Jürgen Groß", subject: "Incorrect size", text: "Hello?" });
    answerLines(chat, options);
    return {
      title: "A customer opens a chat.",
      isHandled: () => chat.transcript.filter(({ text }) => text !== undefined).length >= 4,
      isOver: () => !chat.open,
      offer: () => customers.chat({ subject: "Invoice counted twice" }),
      write: () => chat.write("Are you still there?"),
    };
  },
};

/** Lets a customer answer each line of the agent, then leave. */
function answerLines(chat: SimulatedChat, options: WaitOptions): void {
  const customer = chat.transcript[0]?.userId;
  const lines = [
    "You sent me an S and I ordered an M.",
    "The rain jacket, the yellow one.",
    "Can I swap it in the shop?",
    "Great, thank you. Bye!",
  ];
  let isWriting = false;
  const answer = async (): Promise<void> => {
    const line = lines.shift();
    isWriting = true;
    await pause(400, options);
    if (line === undefined) return chat.leave();
    chat.startTyping();
    await pause(500, options);
    if (!options.signal.aborted) chat.write(line);
    isWriting = false;
  };
  chat.subscribe(({ userId, text }) => {
    if (text !== undefined && userId !== customer && !isWriting) void answer();
  });
}
