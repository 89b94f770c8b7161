import { expect, test } from "vitest";
import { chat } from "../desk/hand-desk.ts";
import { countVisits } from "./count-visits.ts";
import { beginning, crowd, type Crowd } from "./crowd.ts";

const small = 10;
const many = 1000;

/** Every kind of message, as a function of the chat that it is about. */
const kinds: Readonly<Record<string, (id: string, desk: Crowd) => object>> = {
  "an offer of a new one": () => beginning("new")[0]!,
  "an acceptance": () => beginning("new")[1]!,
  "a new chat event": (id, desk) => desk.update(id, 4),
  "the whole transcript, with one event more": (id, desk) => desk.update(id, 5),
  "the same message again": (id, desk) => desk.update(id, 5),
  "other user data": (id, desk) => desk.update(id, 5, { userData: { Subject: "other" } }),
  "another queue": (id, desk) => desk.update(id, 5, { currentQueue: "other" }),
  "a capability less": (id) => chat(id, "PropertiesChanged", { capabilities: ["StopProcessing"] }),
  "an unknown state": (id) => chat(id, "Parked", { capabilities: ["StopProcessing"] }),
  "an ending": (id) => chat(id, "Completed"),
  "a late message": (id, desk) => desk.update(id, 6),
};

async function visitsByKind(size: number, watch: (desk: Crowd) => void): Promise<Record<string, number>> {
  const desk = await crowd(size);
  watch(desk);
  const about = (id: string) =>
    Object.fromEntries(
      Object.entries(kinds).map(([kind, message]) => {
        const update = message(id, desk);
        return [kind, countVisits(() => desk.notify(update))];
      }),
    );
  // Once before, with another chat, so that what is worked out once is there.
  about("chat7");
  desk.notify(chat("new", "Completed"));
  desk.desk.interaction("new")?.dismiss();
  return about("chat3");
}

test("what is counted is what is visited", () => {
  const numbers = [3, 1, 2];
  const map = new Map(numbers.map((number) => [number, number]));
  expect(countVisits(() => void [...numbers])).toBe(4);
  expect(countVisits(() => void numbers.slice())).toBe(3);
  expect(countVisits(() => void Array.from(map.values()))).toBe(4);
  expect(countVisits(() => map.forEach(() => {}))).toBe(3);
  expect(countVisits(() => void Object.keys({ a: 1, b: 2 }))).toBe(2);
  expect(countVisits(() => void map.get(1))).toBe(0);
  expect(countVisits(() => {})).toBe(0);
});

test("a message looks at as much with 1,000 live as with 10, whatever it contains", async () => {
  const noListener = () => {};
  const visits = await visitsByKind(many, noListener);
  expect(visits).toEqual(await visitsByKind(small, noListener));
  expect(Math.max(...Object.values(visits))).toBeLessThan(many);
});

test("with every interaction watched, a message that changes no list looks at as much with 1,000 live as with 10", async () => {
  const allListeners = ({ ids, chat: chatOf, desk }: Crowd) => {
    for (const id of ids) chatOf(id).subscribe(() => {});
    for (const list of [desk.interactions, desk.invitations, desk.ended, desk.changes, desk.anomalies]) {
      list.subscribe(() => {});
    }
  };
  const [large, little] = [await visitsByKind(many, allListeners), await visitsByKind(small, allListeners)];
  const changesList = ["an offer of a new one", "an ending"];
  const others = Object.keys(kinds).filter((kind) => !changesList.includes(kind));
  expect(others.map((kind) => [kind, large[kind]])).toEqual(others.map((kind) => [kind, little[kind]]));
});

test("with an inspector attached, a message looks at as much with 1,000 live as with 10", async () => {
  const visits = async (size: number) => {
    const desk = await crowd(size, { inspect: () => {} });
    desk.notify(desk.update("chat7", 4));
    const update = desk.update("chat3", 4);
    return countVisits(() => desk.notify(update));
  };
  expect(await visits(many)).toBe(await visits(small));
});
