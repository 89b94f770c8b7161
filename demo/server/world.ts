import type { SimulatedChat, Simulator } from "../../src/simulator/index.ts";

/** What surrounds the desk, and what of it can be changed from the page. */
export interface World {
  /** What a page has to know; it is JSON. */
  readonly state: () => WorldState;
  readonly controls: Readonly<Record<Control, (parameters: Parameters) => Promise<void> | void>>;
  readonly end: () => void;
}

/** What the demo's server tells a page. */
export interface WorldState {
  /** Who may sign in. They exist in this simulator only. */
  readonly agents: readonly { readonly user: string; readonly password: string }[];
  /** Milliseconds until an offer that nobody accepts is revoked. */
  readonly offerTimeout: number;
  /** Reasons for NotReady that the server knows. */
  readonly reasons: readonly string[];
  /** Do customers come by themselves? */
  readonly customersCome: boolean;
}

/** What can be asked of the world, by the last part of its address. */
export type Control = "email" | "chat" | "say" | "revoke" | "cut" | "restart" | "customers";

/** What a control may be told. */
export interface Parameters {
  /** The interaction that is meant. */
  readonly id?: unknown;
  /** What the customer says. */
  readonly text?: unknown;
  /** Milliseconds. */
  readonly duration?: unknown;
  /** On or off. */
  readonly on?: unknown;
}

/** Cannot be done now; the message says why, for people. */
export class NotPossible extends Error {}

const lines = [
  "Is there any news?",
  "It is order 40718, from Monday.",
  "Could you send it to the shop instead?",
  "That would be great.",
  "Thank you, that is all.",
] as const;
const typingTakes = 1_200;

/** The world of a demo: a simulator, its customers, and a network that can be cut. */
export function createWorld(
  simulator: Simulator,
  { offerTimeout, reasons }: Pick<WorldState, "offerTimeout" | "reasons">,
): World {
  const chats = new Map<string, { readonly chat: SimulatedChat; said: number }>();
  const timers = new Set<NodeJS.Timeout>();
  let sendHome: (() => void) | undefined;
  let mend: NodeJS.Timeout | undefined;
  let isRestarting = false;

  function after(ms: number, run: () => void): NodeJS.Timeout {
    const timer = setTimeout(() => {
      timers.delete(timer);
      run();
    }, ms);
    timers.add(timer);
    return timer;
  }

  function say({ id, text }: Parameters): void {
    const known = typeof id === "string" ? chats.get(id) : undefined;
    if (known === undefined)
      throw new NotPossible("This customer came by chance and writes without your help.");
    const { chat } = known;
    if (!chat.open) throw new NotPossible("This customer has left the chat.");
    const line = typeof text === "string" && text !== "" ? text : lines[known.said++ % lines.length];
    chat.startTyping();
    after(typingTakes, () => {
      chat.stopTyping();
      chat.say(line ?? lines[0]);
    });
  }

  function cut({ duration }: Parameters): void {
    simulator.faults.refuseConnections(true);
    simulator.faults.dropConnections();
    clearTimeout(mend);
    mend = after(millisecondsOf(duration) ?? 5_000, () => simulator.faults.refuseConnections(false));
  }

  async function restart({ duration }: Parameters): Promise<void> {
    if (isRestarting) throw new NotPossible("The server is restarting already.");
    isRestarting = true;
    try {
      await simulator.restart({ downFor: millisecondsOf(duration) ?? 2_000 });
    } finally {
      isRestarting = false;
    }
  }

  function letCustomersCome(on: boolean): void {
    if (on) sendHome ??= simulator.startCustomers({ meanGap: 12_000 });
    else {
      sendHome?.();
      sendHome = undefined;
    }
  }

  return {
    state: () => ({
      agents: simulator.agents,
      offerTimeout,
      reasons,
      customersCome: sendHome !== undefined,
    }),
    controls: {
      email: () => void simulator.customers.email(),
      chat: () => {
        const chat = simulator.customers.chat({ text: "Hello? Is anybody there?" });
        chats.set(chat.id, { chat, said: 0 });
      },
      say,
      revoke: ({ id }) => {
        try {
          simulator.revoke(String(id));
        } catch {
          throw new NotPossible("The server knows no such interaction.");
        }
      },
      cut,
      restart,
      customers: ({ on }) => letCustomersCome(on === true),
    },
    end: () => {
      sendHome?.();
      for (const timer of timers) clearTimeout(timer);
    },
  };
}

function millisecondsOf(duration: unknown): number | undefined {
  return typeof duration === "number" && duration > 0 && duration <= 60_000 ? duration : undefined;
}
