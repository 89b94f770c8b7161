import type { InteractionOf } from "deskstate";
import { chat, handDesk, joined, said, transcript, type HandDesk } from "../desk/hand-desk.ts";

/** A desk with many chats that were accepted and have messages. */
export interface Crowd extends HandDesk {
  readonly ids: readonly string[];
  readonly chat: (id: string) => InteractionOf<"chat">;
  /** The data of a message about one of them that brings the events from 4 up to this one, beside what was there. */
  readonly update: (id: string, latestEventId: number, more?: object) => object;
}

/** Makes one. */
export async function crowd(size: number, options: Parameters<typeof handDesk>[0] = {}): Promise<Crowd> {
  const made = await handDesk(options);
  const ids = Array.from({ length: size }, (_, index) => `chat${index}`);
  for (const id of ids) made.notify(...beginning(id));
  return {
    ...made,
    ids,
    chat: (id) => {
      const interaction = made.desk.interaction(id);
      if (interaction?.kind !== "chat") throw new Error(`There is no chat ${id}.`);
      return interaction as InteractionOf<"chat">;
    },
    update,
  };
}

/** Returns the notifications about a chat until it is accepted, each with user data of its own. */
export function beginning(id: string): object[] {
  const about = { userData: userDataOf(id), currentQueue: "in" };
  const content = transcript(3, ...joined, said(3, "c", "Hello"));
  return [
    chat(id, "Invited", about),
    chat(id, "Accepted", { ...about, ...content, inQueues: { out: "" }, threadId: `thread of ${id}` }),
  ];
}

function update(id: string, latestEventId: number, more: object = {}): object {
  const events = Array.from({ length: latestEventId - 3 }, (_, index) => said(index + 4, "c", `${index}`));
  return chat(id, "PropertiesChanged", {
    userData: userDataOf(id),
    currentQueue: "in",
    inQueues: { out: "" },
    ...transcript(latestEventId, ...events),
    ...more,
  });
}

function userDataOf(id: string): object {
  return { Subject: `Question of ${id}`, ServiceType: "default", "PegAG?: 2>1": 1, RRequestedSkills: null };
}
