import type { Desk } from "../index.ts";
import type { AgentSnapshot, ChannelName, SimulatedChat, Simulator } from "../simulator/index.ts";
import { pause, until, untilSeen } from "./wait.ts";

/** Who takes part in the story. */
export interface Cast {
  readonly simulator: Simulator;
  readonly desk: Desk;
  /** The agent's user name. */
  readonly user: string;
  /** The channels that the agent works on. */
  readonly channels: readonly ChannelName[];
  /** Says what happens in the world around the desk. */
  readonly tell: (text: string) => void;
  /** Ends the story where it is. */
  readonly end: AbortSignal;
}

const lines = [
  "You sent me an S and I ordered an M.",
  "The rain jacket, the yellow one.",
  "Can I swap it in the shop?",
  "Great, thank you. Bye!",
];

/**
 * Plays what an agent's day holds, in about twelve seconds: an email, a chat, an offer that is taken back, a
 * connection that breaks; then customers go on coming by themselves.
 */
export async function playStory(cast: Cast): Promise<void> {
  const { simulator, desk, channels, tell, end } = cast;
  const isReady = () => channels.every((name) => desk.channel(name).state === "Ready");
  if (!(await untilSeen(isReady, end))) return;
  if (channels.includes("email")) await writeEmail(cast);
  const chat = channels.includes("chat") ? openChat(cast) : undefined;
  if (chat !== undefined) await untilSeen(() => textsOf(chat.chat) >= 4, end);
  await loseOffer(cast);
  await loseConnection(cast, chat?.chat);
  await chat?.isOver;
  await pause(1500, end);
  if (end.aborted) return;
  tell("That was the story. From here on customers come by themselves; Ctrl-C ends the work politely.");
  const stop = simulator.startCustomers({ meanGap: 4000, channels });
  end.addEventListener("abort", stop);
}

/** An email, until the agent has begun with it. */
async function writeEmail({ simulator, tell, end }: Cast): Promise<void> {
  tell("A customer writes an email.");
  const subject = "Do you have child seats?";
  const text = "Our daughter is two and weighs 13 kg. Which child seat fits a frame with a 34 mm tube?";
  const email = simulator.customers.email({ from: "zoe.brandt@mail.example", subject, text });
  await untilSeen(() => email.state === "Accepted", end);
}

/** A chat, which goes on by itself from here. */
function openChat(cast: Cast): { readonly chat: SimulatedChat; readonly isOver: Promise<void> } | undefined {
  const { simulator, tell, end } = cast;
  if (end.aborted) return undefined;
  tell("A customer opens a chat.");
  const chat = simulator.customers.chat({ nickname: "Jürgen Groß", subject: "Wrong size", text: "Hello?" });
  return { chat, isOver: talk(chat, cast) };
}

/** An offer that a supervisor takes back before the agent answers. */
async function loseOffer({ simulator, channels, tell, end }: Cast): Promise<void> {
  if (end.aborted) return;
  tell("Something is offered, but a supervisor takes it back before the agent accepts.");
  const subject = "Invoice counted twice";
  const offer = channels.includes("email")
    ? simulator.customers.email({
        from: "ada@post.example",
        subject,
        text: "Please give one of the two back.",
      })
    : simulator.customers.chat({ subject });
  await untilSeen(() => offer.state === "Invited", end);
  await pause(250, end);
  if (!end.aborted) simulator.revoke(offer.id);
  await pause(750, end);
}

/** The connection breaks for a while, during which the world goes on. */
async function loseConnection(cast: Cast, chat: SimulatedChat | undefined): Promise<void> {
  const { simulator, desk, user, tell, end } = cast;
  if (end.aborted) return;
  tell("The connection is cut for 1.5 s. Meanwhile customers go on writing.");
  simulator.faults.refuseConnections(true);
  simulator.faults.dropConnections(user);
  await pause(500, end);
  chat?.say("Are you still there?");
  const subject = "Service before the summer tour";
  const text = "Can you look at four bicycles in June?";
  if (cast.channels.includes("email"))
    simulator.customers.email({ from: "thomas.reed@mail.example", subject, text });
  await pause(1000, end);
  simulator.faults.refuseConnections(false);
  if (!(await until([desk.connection], () => desk.connection.state === "Live", end))) return;
  const isSame = await untilSeen(
    () => isEqual(simulator.snapshot(user), desk),
    AbortSignal.any([end, AbortSignal.timeout(3000)]),
  );
  if (isSame) tell("Nothing was lost: the desk shows exactly what the server knows.");
  else if (!end.aborted) tell("The desk does not show what the server knows.");
}

/** The customer of the chat: answers each line of the agent, then leaves. */
async function talk(chat: SimulatedChat, { end }: Cast): Promise<void> {
  const customer = chat.transcript[0]?.userId;
  const left = [...lines];
  let isWriting = false;
  const answer = async (): Promise<void> => {
    const line = left.shift();
    isWriting = true;
    await pause(400, end);
    if (line === undefined) return chat.leave();
    chat.startTyping();
    await pause(500, end);
    if (!end.aborted) chat.say(line);
    isWriting = false;
  };
  chat.subscribe(({ userId, text }) => {
    if (text !== undefined && userId !== customer && !isWriting) void answer();
  });
  await untilSeen(() => !chat.open, end);
}

function textsOf({ transcript }: SimulatedChat): number {
  return transcript.filter(({ text }) => text !== undefined).length;
}

/** Does the desk show the interactions, states, capabilities and chat events that the server has for the agent? */
function isEqual({ interactions }: AgentSnapshot, desk: Desk): boolean {
  const shown = new Map(desk.interactions.getSnapshot().map((interaction) => [interaction.id, interaction]));
  return (
    interactions.length === shown.size &&
    interactions.every(({ id, state, capabilities, transcript }) => {
      const interaction = shown.get(id);
      if (interaction === undefined) return false;
      return (
        interaction.serverState === state &&
        interaction.capabilities.join() === capabilities.join() &&
        (interaction.kind !== "chat" ||
          state === "Invited" ||
          JSON.stringify(interaction.transcript.events.map(({ id: event, text }) => [event, text])) ===
            JSON.stringify(transcript?.map(({ id: event, text }) => [event, text])))
      );
    })
  );
}
