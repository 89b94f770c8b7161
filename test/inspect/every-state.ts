import { chat, email, handDesk, type HandDesk } from "../desk/hand-desk.ts";

/** The notifications that lead an interaction to each state of its chart; the last one is about that state. */
const lives = {
  email: {
    Unknown: ["Whistling"],
    Invited: ["Invited"],
    Accepted: ["Invited", "Accepted"],
    Composing: ["Composing"],
    "Ended.Revoked": ["Invited", "Revoked"],
    "Ended.Completed": ["Accepted", "Completed"],
    "Ended.Sent": ["Composing", "Sent"],
    "Ended.Canceled": ["Composing", "Canceled"],
    "Ended.Gone": ["Invited"],
  },
  chat: {
    Unknown: ["Whistling"],
    Invited: ["Invited"],
    Accepted: ["Invited", "Accepted"],
    Left: ["Accepted", "LeftChat"],
    "Ended.Revoked": ["Invited", "Revoked"],
    "Ended.Completed": ["Accepted", "Completed"],
    "Ended.Gone": ["Invited"],
  },
};

/** A desk with one interaction in each state of each chart, and which is in which, by id. */
export interface EveryState extends HandDesk {
  readonly states: Readonly<Record<string, string>>;
}

/** Makes one. */
export async function everyState(): Promise<EveryState> {
  const made = await handDesk();
  const states: Record<string, string> = {};
  const list: object[] = [];
  for (const [channel, message] of [["email", email] as const, ["chat", chat] as const]) {
    for (const [state, life] of Object.entries(lives[channel])) {
      const id = `${channel} that is ${state}`;
      states[id] = state;
      for (const state of life) made.notify(message(id, state));
      if (!state.startsWith("Ended")) list.push(message(id, life.at(-1)!));
    }
  }
  // Those that the server's list no longer has are gone.
  made.loseLink();
  made.list.interactions = list;
  await made.regainLink();
  return { ...made, states };
}
