import { createHash } from "node:crypto";

/** A way to keep the state of a desk, driven with the parsed elements of a Bayeux array. */
export interface Candidate {
  readonly apply: (message: unknown) => void;
  /** Returns the data of a live interaction; `undefined` when there is none. */
  readonly picture: (id: string) => Picture | undefined;
}

/** The data that every candidate must keep of an interaction. */
export interface Picture {
  readonly state: string;
  readonly capabilities: readonly string[];
  readonly userData: object;
  readonly currentQueue: string | undefined;
  readonly inQueues: object | undefined;
  readonly startDate: number | undefined;
  readonly threadId: string | undefined;
  readonly events: readonly ChatEvent[];
}

/** One event of a transcript. */
export interface ChatEvent {
  readonly id: number;
  readonly messageType: string;
  readonly userId?: string;
  readonly userType?: string;
  readonly nickName?: string;
  readonly noticeType?: string;
  readonly text?: string;
}

/** Returns a hash that two candidates share exactly when their data of these interactions is equal. */
export function digest(candidate: Candidate, ids: readonly string[]): string {
  const hash = createHash("sha256");
  for (const id of ids.toSorted()) {
    const picture = candidate.picture(id);
    const parts = picture && [
      picture.state,
      picture.capabilities,
      Object.entries(picture.userData),
      picture.currentQueue,
      picture.inQueues && Object.entries(picture.inQueues),
      picture.startDate,
      picture.threadId,
      picture.events.map((event) => [
        event.id,
        event.messageType,
        event.userId,
        event.userType,
        event.nickName,
        event.noticeType,
        event.text,
      ]),
    ];
    hash.update(JSON.stringify([id, parts]));
  }
  return hash.digest("hex").slice(0, 16);
}
