import type { AnySnapshot, Clock, Desk, Transcript } from "../index.ts";
import type { AgentSnapshot, ChannelName, SimulatedChat, Simulator } from "../simulator/index.ts";
import { pause, waitUntil } from "./pause.ts";

/** The simulator and the desk of a scenario. */
export interface ScenarioSetup {
  readonly simulator: Simulator;
  readonly desk: Desk;
  /** The agent's user name. */
  readonly user: string;
  /** The channels that the agent works on. */
  readonly channels: readonly ChannelName[];
  /** Receives a description of each step. */
  readonly log: (text: string) => void;
  readonly clock: Clock;
  /** Ends the scenario. */
  readonly signal: AbortSignal;
}

const chatLines = [
  "You sent me an S and I ordered an M.",
  "The rain jacket, the yellow one.",
  "Can I swap it in the shop?",
  "Great, thank you. Bye!",
];

/**
 * Plays a day of an agent in about twelve seconds: an email, a chat, a revoked offer, a lost connection. After that,
 * customers keep coming.
 */
export async function playScenario(setup: ScenarioSetup): Promise<void> {
  const { simulator, desk, channels, log, signal } = setup;
  await waitUntil(() => channels.every((name) => desk.channel(name).state === "Ready"), setup);
  if (channels.includes("email")) await writeEmail(setup);
  const chat = channels.includes("chat") ? openChat(setup) : undefined;
  if (chat !== undefined) await waitUntil(() => textCount(chat) >= 4, setup);
  await revokeOffer(setup);
  await cutConnection(setup, chat);
  if (chat !== undefined) await waitUntil(() => !chat.open, setup);
  await pause(1500, setup);
  if (signal.aborted) return;
  log("The scenario is over. From here on customers come by themselves; Ctrl-C ends the work politely.");
  signal.addEventListener("abort", simulator.startCustomers({ meanGap: 4000, channels }));
}

/** An email, until the agent has accepted it. */
async function writeEmail(setup: ScenarioSetup): Promise<void> {
  const { simulator, log, signal } = setup;
  if (signal.aborted) return;
  log("A customer writes an email.");
  const email = simulator.customers.email({
    from: "zoe.brandt@mail.example",
    subject: "Do you have child seats?",
    text: "Our daughter is two and weighs 13 kg. Which child seat fits a frame with a 34 mm tube?",
  });
  await waitUntil(() => email.state === "Accepted", setup);
}

/** A chat whose customer answers each line of the agent, then leaves. */
function openChat(setup: ScenarioSetup): SimulatedChat | undefined {
  const { simulator, log, signal } = setup;
  if (signal.aborted) return undefined;
  log("A customer opens a chat.");
  const chat = simulator.customers.chat({ nickname: "Jürgen Groß", subject: "Wrong size", text: "Hello?" });
  const customer = chat.transcript[0]?.userId;
  const left = [...chatLines];
  let isWriting = false;
  const answer = async (): Promise<void> => {
    const line = left.shift();
    isWriting = true;
    await pause(400, setup);
    if (line === undefined) return chat.leave();
    chat.startTyping();
    await pause(500, setup);
    if (!signal.aborted) chat.write(line);
    isWriting = false;
  };
  chat.subscribe(({ userId, text }) => {
    if (text !== undefined && userId !== customer && !isWriting) void answer();
  });
  return chat;
}

/** An offer that a supervisor revokes before the agent answers. */
async function revokeOffer(setup: ScenarioSetup): Promise<void> {
  const { simulator, channels, log, signal } = setup;
  if (signal.aborted) return;
  log("A customer is offered, but a supervisor revokes the offer before the agent accepts.");
  const subject = "Invoice counted twice";
  const text = "Please give one of the two back.";
  const offer = channels.includes("email")
    ? simulator.customers.email({ from: "ada@post.example", subject, text })
    : simulator.customers.chat({ subject });
  await waitUntil(() => offer.state === "Invited", setup);
  await pause(250, setup);
  if (!signal.aborted) simulator.revoke(offer.id);
  await pause(750, setup);
}

/** The connection is lost for a while, in which customers keep writing. */
async function cutConnection(setup: ScenarioSetup, chat: SimulatedChat | undefined): Promise<void> {
  const { simulator, desk, user, channels, log, signal } = setup;
  if (signal.aborted) return;
  log("The connection is cut for 1.5 s. Meanwhile customers keep writing.");
  simulator.faults.refuseConnections(true);
  simulator.faults.dropConnections(user);
  await pause(500, setup);
  chat?.write("Are you still there?");
  if (channels.includes("email")) {
    const subject = "Service before the summer tour";
    const text = "Can you look at four bicycles in June?";
    simulator.customers.email({ from: "thomas.reed@mail.example", subject, text });
  }
  await pause(1000, setup);
  simulator.faults.refuseConnections(false);
  if (!(await waitUntil(() => desk.connection.state === "Live", setup))) return;
  const tooLate = new AbortController();
  const timer = setup.clock.setTimeout(() => tooLate.abort(), 3000);
  const isEqual = await waitUntil(() => showsTruth(desk, simulator.snapshot(user)), {
    ...setup,
    signal: AbortSignal.any([signal, tooLate.signal]),
  });
  setup.clock.clearTimeout(timer);
  if (isEqual) log("Nothing was lost: the desk shows exactly what the server knows.");
  else if (!signal.aborted) log("The desk does not show what the server knows.");
}

function textCount({ transcript }: SimulatedChat): number {
  return transcript.filter(({ text }) => text !== undefined).length;
}

/** Whether the desk shows the interactions, states, capabilities and chat events that the server has for the agent. */
function showsTruth(desk: Desk, { interactions }: AgentSnapshot): boolean {
  return (
    interactions.length === desk.interactions.getSnapshot().length &&
    interactions.every(({ id, state, capabilities, transcript }) => {
      const shown: ShownInteraction | undefined = desk.interaction(id);
      return (
        shown?.serverState === state &&
        shown.capabilities.join() === capabilities.join() &&
        // An offer has no transcript yet.
        (state === "Invited" || textsOf(shown.transcript?.events) === textsOf(transcript))
      );
    })
  );
}

interface ShownInteraction extends Pick<AnySnapshot, "serverState" | "capabilities"> {
  readonly transcript?: Transcript;
}

function textsOf(
  events: readonly { readonly id: number; readonly text?: string | undefined }[] = [],
): string {
  return JSON.stringify(events.map(({ id, text }) => [id, text]));
}
