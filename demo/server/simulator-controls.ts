import type { SimulatedChat, Simulator } from "../../src/simulator/index.ts";

/** The controls of a demo's simulator, and what a page needs to know of it. */
export interface SimulatorControls {
  /** Returns what a page needs to know, as JSON. */
  readonly state: () => SimulatorState;
  readonly controls: Readonly<Record<Control, (parameters: Parameters) => Promise<void> | void>>;
  readonly end: () => void;
}

/** The facts about the simulator that a page needs. */
export interface SimulatorState {
  /** The agents that can sign in. They exist in this simulator only. */
  readonly agents: readonly { readonly user: string; readonly password: string }[];
  /** Milliseconds until an offer that is not answered is revoked. */
  readonly offerTimeout: number;
  /** Milliseconds for which the network is cut. */
  readonly cutDuration: number;
  /** Milliseconds for which a restarted server is down. */
  readonly restartDuration: number;
  /** Reasons for NotReady that the server accepts. */
  readonly reasons: readonly string[];
  /** Whether customers arrive by themselves. */
  readonly customersArrive: boolean;
}

/** The last part of a control's address. The first ones have the name of the kind of interaction that arrives. */
export type Control = "email" | "chat" | "write" | "revoke" | "cut" | "restart" | "customers";

/** The parameters of the controls. */
export interface Parameters {
  /** The id of an interaction. */
  readonly id?: unknown;
  /** The customer's message. */
  readonly text?: unknown;
  /** Whether to switch it on or off. */
  readonly on?: unknown;
}

/** A control that is not possible now. The message gives the reason. */
export class NotPossible extends Error {}

const messages = [
  "Is there any news?",
  "It is order 40718, from Monday.",
  "Could you send it to the shop instead?",
  "That would be great.",
  "Thank you, that is all.",
] as const;
const typingDuration = 1_200;

/** Returns the controls of a simulator: its customers, a supervisor, and a network that can be cut. */
export function createSimulatorControls(
  simulator: Simulator,
  settings: Omit<SimulatorState, "agents" | "customersArrive">,
): SimulatorControls {
  const chats = new Map<string, { readonly chat: SimulatedChat; sent: number }>();
  const timers = new Set<NodeJS.Timeout>();
  let stopCustomers: (() => void) | undefined;
  let reconnecting: NodeJS.Timeout | undefined;
  let isRestarting = false;

  function after(ms: number, run: () => void): NodeJS.Timeout {
    const timer = setTimeout(() => {
      timers.delete(timer);
      run();
    }, ms);
    timers.add(timer);
    return timer;
  }

  function write({ id, text }: Parameters): void {
    const known = typeof id === "string" ? chats.get(id) : undefined;
    if (known === undefined) throw new NotPossible("This customer writes by themselves.");
    const { chat } = known;
    if (!chat.open) throw new NotPossible("This customer has left the chat.");
    const message = typeof text === "string" && text !== "" ? text : messages[known.sent++ % messages.length];
    chat.startTyping();
    after(typingDuration, () => {
      chat.stopTyping();
      chat.write(message ?? messages[0]);
    });
  }

  function cut(): void {
    simulator.faults.refuseConnections(true);
    simulator.faults.dropConnections();
    clearTimeout(reconnecting);
    reconnecting = after(settings.cutDuration, () => simulator.faults.refuseConnections(false));
  }

  async function restart(): Promise<void> {
    if (isRestarting) throw new NotPossible("The server is already restarting.");
    isRestarting = true;
    try {
      await simulator.restart({ downFor: settings.restartDuration });
    } finally {
      isRestarting = false;
    }
  }

  function letCustomersArrive(on: boolean): void {
    if (on) stopCustomers ??= simulator.startCustomers({ meanGap: 12_000 });
    else {
      stopCustomers?.();
      stopCustomers = undefined;
    }
  }

  return {
    state: () => ({
      ...settings,
      agents: simulator.agents,
      customersArrive: stopCustomers !== undefined,
    }),
    controls: {
      email: () => void simulator.customers.email(),
      chat: () => {
        const chat = simulator.customers.chat({ text: "Hello? Is anybody there?" });
        chats.set(chat.id, { chat, sent: 0 });
      },
      write,
      revoke: ({ id }) => {
        try {
          simulator.revoke(String(id));
        } catch {
          throw new NotPossible("The server has no such interaction.");
        }
      },
      cut,
      restart,
      customers: ({ on }) => letCustomersArrive(on === true),
    },
    end: () => {
      stopCustomers?.();
      for (const timer of timers) clearTimeout(timer);
    },
  };
}
