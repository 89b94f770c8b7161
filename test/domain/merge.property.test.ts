// Not vitest's expect: it would take most of the time of this many runs.
import { deepStrictEqual as deepEqual } from "node:assert/strict";
import fc from "fast-check";
import { test } from "vitest";
import { Transcript } from "../../src/kinds/chat/transcript.ts";
import type { InteractionOf } from "../../src/index.ts";
import { recordedDesk } from "../dialect/recorded-desk.ts";
import { runs } from "./runs.ts";

/*
 * Messages about one chat may come in any order, twice, and with the transcript split over several: what the desk shows
 * in the end is the same. An older message differs from a newer one by the state (an offer is older than its
 * acceptance) and the count of events. Where a message has neither, order is not defined, so these sets keep to what
 * the recorded chat messages do:
 *
 * - Every message of an accepted chat carries its count and the user data as of that count. (Emails have no count:
 *   of two updates of an email the one that arrives last counts.)
 * - An offer has no count. Its user data is left out here: met after an update but before any acceptance, it would
 *   replace newer user data.
 * - Only the acceptance carries capabilities.
 * - What comes after an ending changes nothing, by design. So sets with an ending compare the lifecycle alone.
 */

interface Message {
  readonly state: string;
  readonly count?: number;
  readonly ids?: readonly number[];
}

const userDataAt = (count: number) => ({ Subject: `as of ${count}`, ["PegAG?: 2>1"]: count, RVQID: null });
const eventAt = (number: number) => ({
  id: number,
  messageType: ["PARTY_JOINED", "MESSAGE", "NOTICE", "PARTY_LEFT"][number % 4],
  userId: `u${number % 3}`,
  noticeType: number % 8 < 4 ? "TypingStarted" : "TypingStopped",
});

function wire(id: string, { state, count, ids }: Message): object {
  const capabilities = { Invited: ["Accept", "Reject"], Accepted: ["Send", "LeaveChat"], Revoked: [] }[state];
  const content = { latestEventId: count, sessionId: id, events: ids?.map(eventAt) };
  const fields = { id, channel: "chat", state, ...(capabilities === undefined ? {} : { capabilities }) };
  const later = count === undefined ? {} : { content, userData: userDataAt(count) };
  return { channel: "/v2/me/interactions", data: { interaction: { ...fields, ...later } } };
}

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

/** A chat that was accepted at some count and updated at higher ones, each message split into parts. */
const chats = fc.uniqueArray(fc.nat({ max: 14 }), { minLength: 1, maxLength: 4 }).chain((counts) => {
  const messages = counts
    .toSorted((a, b) => a - b)
    .map((count, index) => {
      const state = index === 0 ? "Accepted" : "PropertiesChanged";
      const part = fc.shuffledSubarray(upTo(count)).map((ids): Message => ({ state, count, ids }));
      return fc.array(part, { minLength: 1, maxLength: 3 });
    });
  const offer = fc.constantFrom<Message[]>([], [{ state: "Invited" }]);
  return fc.tuple(offer, ...messages).map((parts) => parts.flat());
});

/** Every message at least once, in any order, some again. */
const deliveries = (messages: readonly Message[]) =>
  fc
    .tuple(
      fc.shuffledSubarray([...messages], { minLength: messages.length }),
      fc.array(fc.tuple(fc.nat({ max: 40 }), fc.constantFrom(...messages)), { maxLength: 6 }),
    )
    .map(([order, again]) => {
      const all = [...order];
      for (const [place, message] of again) all.splice(place % (all.length + 1), 0, message);
      return all;
    });

/** One desk for all runs, each of which is about a chat of its own: a desk of its own would cost more than the run. */
function chatsOfADesk(): (messages: readonly Message[]) => InteractionOf<"chat"> {
  const { desk, link } = recordedDesk();
  let count = 0;
  return (messages) => {
    const id = `0000Ja8V81${++count}`;
    link.deliver(messages.map((message) => wire(id, message)));
    const chat = desk.interaction(id);
    if (chat?.kind !== "chat") throw new Error("no chat");
    return chat;
  };
}

function gapsOf(ids: ReadonlySet<number>, latest: number): { from: number; to: number }[] {
  const gaps: { from: number; to: number }[] = [];
  for (const missing of upTo(latest).filter((number) => !ids.has(number))) {
    const last = gaps.at(-1);
    if (last?.to === missing - 1) last.to = missing;
    else gaps.push({ from: missing, to: missing });
  }
  return gaps;
}

test("any permutation, repetition and splitting of the messages of a chat ends in the same state", () => {
  const chatAfter = chatsOfADesk();
  fc.assert(
    fc.property(
      chats.chain((set) => fc.tuple(fc.constant(set), deliveries(set))),
      ([set, delivered]) => {
        const { state, serverState, capabilities, userData, transcript } = chatAfter(delivered);
        const ids = new Set(set.flatMap((message) => message.ids ?? []));
        const latest = Math.max(...set.map(({ count = 0 }) => count));
        const { latestEventId, events, gaps, isWhole, parties } = transcript;
        deepEqual(
          {
            state,
            serverState,
            capabilities,
            userData: { ...userData },
            latestEventId,
            events,
            gaps,
            isWhole,
          },
          {
            state: "Accepted",
            serverState: "Accepted",
            capabilities: ["Send", "LeaveChat"],
            userData: userDataAt(latest),
            latestEventId: latest,
            events: upTo(latest)
              .filter((number) => ids.has(number))
              .map(eventAt),
            gaps: gapsOf(ids, latest),
            isWhole: ids.size === latest,
          },
        );
        deepEqual(parties, Transcript.empty.with(events, latest, () => {}).parties);
      },
    ),
    runs(10_000),
  );
}, 120_000);

test("with an ending among them, the messages of a chat end in the same lifecycle, in any order", () => {
  const chatAfter = chatsOfADesk();
  const endings = fc.constantFrom("Revoked", "Completed");
  const sets = fc.tuple(chats, endings).map(([set, state]) => [...set, { state }]);
  fc.assert(
    fc.property(
      sets.chain((set) => fc.tuple(fc.constant(set), deliveries(set))),
      ([set, delivered]) => {
        const ending = set.at(-1)!.state;
        const { state, isEnded, outcome, capabilities } = chatAfter(delivered);
        const end = { state: ending, isEnded: true, outcome: ending, capabilities: [] };
        deepEqual({ state, isEnded, outcome, capabilities }, end);
      },
    ),
    runs(2000),
  );
}, 60_000);
