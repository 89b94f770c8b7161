import { createInspector } from "@statelyai/inspect";
import { inspectDesk } from "deskstate/inspect";
import { channelMachine, chatMachine, connectionMachine, emailMachine } from "deskstate/machines";
import type { InspectionEvent } from "xstate";
import { expect, test } from "vitest";
import { recordedDesk } from "../dialect/recorded-desk.ts";
import { deskAt } from "../link/desk-at.ts";
import { listen } from "../link/listen.ts";
import { until } from "../link/until.ts";
import { recordedBatch, recordedNames, type Fields } from "../recorded/read.ts";
import { chat, handDesk, joined, said, transcript } from "../desk/hand-desk.ts";
import { drawn } from "./drawn.ts";
import { connectedInspector, inspectorServer } from "./inspector-server.ts";
import { textOf } from "./text-of.ts";

const mark = "MARK of a customer";
const markedNumber = 7_654_321;
const hasMark = (text: string) => text.includes(mark) || text.includes(String(markedNumber));

/** A place in a message: the names that lead to it. */
type Path = readonly string[];

/** Each place where a message holds something, and the place of a new field in each of its objects. */
function placesOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [path];
  const inner = Object.entries(value).flatMap(([name, one]) => placesOf(one, [...path, name]));
  return Array.isArray(value) ? inner : [...inner, [...path, mark]];
}

/** A copy of a message with the mark in one place. */
function planted(message: unknown, [name, ...rest]: Path): unknown {
  if (name === undefined) return typeof message === "number" ? markedNumber : mark;
  const copy = Array.isArray(message) ? [...(message as unknown[])] : { ...(message as Fields) };
  (copy as Fields)[name] = planted((message as Fields)[name], rest);
  return copy;
}

/** The charts themselves, which are the same for every desk. */
const charts = new Set<unknown>();
textOf([emailMachine, chatMachine, channelMachine, connectionMachine], charts);

/** Returns everything that an inspector can reach of these messages: the raw events with all that can be reached, and Stately's. */
async function seenOf(batches: readonly unknown[][]): Promise<string> {
  const { desk, link } = recordedDesk();
  const raw: InspectionEvent[] = [];
  const serialised: unknown[] = [];
  inspectDesk(desk, (event) => raw.push(event));
  inspectDesk(desk, createInspector({ send: (event) => void serialised.push(event) }));
  for (const batch of batches) link.deliver(batch);
  inspectDesk(desk, (event) => raw.push(event));
  await new Promise((resolve) => setTimeout(resolve, 1));
  expect(raw.length).toBeGreaterThan(10);
  return `${textOf(raw, new Set(charts))}\n${JSON.stringify(serialised)}`;
}

const channels = {
  channel: "/v2/me/channels",
  data: {
    channels: [
      { channel: "chat", userState: { state: "NotReady", displayName: "Lunch", id: "3", reason: "Lunch" } },
      { channel: "email", dndState: "On", userState: { state: "Ready" } },
    ],
    messageType: "ChannelStateChangeMessageV2",
  },
};
const serverError = {
  channel: "/v2/me/interactions",
  data: { errorCode: 7, errorMessage: "No", messageType: "ErrorMessage" },
};

const fieldOf = (place: Path) => place.filter((part) => !/^\d+$/.test(part)).join(".");

test("of all fields of the recorded messages, only ids and capabilities reach an inspector", async () => {
  const reaching = new Set<string>();
  const fields = new Set<string>();
  for (const batch of recordedNames.map(recordedBatch)) {
    for (const place of placesOf(batch)) {
      fields.add(fieldOf(place));
      if (hasMark(await seenOf([[...(planted(batch, place) as unknown[]), ...batch]])))
        reaching.add(fieldOf(place));
    }
  }
  expect(fields.size).toBeGreaterThan(100);
  expect(fields).toContain("data.interaction.userData.Subject");
  expect(reaching).toEqual(
    new Set(["data.interaction.capabilities", "data.capabilities", "data.interaction.id", "data.id"]),
  );
});

test("of messages about channels and errors, only the names of channels and the reasons for not being ready", async () => {
  const reaching = new Set<string>();
  for (const message of [channels, serverError]) {
    for (const place of placesOf(message)) {
      if (hasMark(await seenOf([[planted(message, place)]]))) reaching.add(fieldOf(place));
    }
  }
  expect(reaching).toEqual(new Set(["data.channels.channel", "data.channels.userState.reason"]));
});

test("what the agent writes, and what the server answers to it, does not reach an inspector", async () => {
  const { desk, notify, asked } = await handDesk();
  const raw: InspectionEvent[] = [];
  inspectDesk(desk, (event) => raw.push(event));
  notify(chat("c", "Accepted", transcript(2, ...joined)));
  const conversation = desk.interaction("c")!;
  if (conversation.kind !== "chat") throw new Error("This is not a chat.");
  void conversation.actions.Send!({ text: mark });
  void conversation.editUserData((draft) => {
    draft["Subject"] = mark;
    draft[mark] = markedNumber;
  });
  const answers = [
    { kind: "refused", code: markedNumber, message: mark } as const,
    { kind: "acknowledged" } as const,
    { kind: "unanswered" } as const,
  ];
  expect(asked).toHaveLength(3);
  for (const [index, answer] of answers.entries()) await asked[index]!.answer(answer);
  notify(chat("c", "Completed", transcript(3, said(3, "a", mark))));
  inspectDesk(desk, (event) => raw.push(event));
  expect(raw.map(({ type }) => type)).toContain("@xstate.event");
  expect(textOf(raw)).toContain("OperationRefused");
  expect(hasMark(textOf(raw))).toBe(false);
});

test("passwords, cookies and tokens of a real connection, and what came over it, do not reach an inspector", async () => {
  const password = "MARK-password";
  const { server, url } = await listen();
  server.script = async ({ method }, honest) => {
    const answer = await honest();
    const headers = {
      "Set-Cookie": "JSESSIONID=MARK-cookie; Path=/",
      "X-CSRF-HEADER": "X-T",
      "X-CSRF-TOKEN": "MARK-token",
    };
    return method === "GET" ? { ...answer, headers } : answer;
  };
  const inspection = await inspectorServer();
  const inspector = await connectedInspector(inspection);
  const { desk } = deskAt(url, { credentials: { user: "MARK-user", password } });
  const raw: InspectionEvent[] = [];
  inspectDesk(desk, (event) => raw.push(event));
  inspectDesk(desk, inspector);
  await desk.start();
  const content = transcript(3, ...joined, said(3, "c", mark));
  server.notify("/v2/me/interactions", chat("c", "Accepted", { userData: { [mark]: mark }, ...content }));
  await until("it arrived", () => drawn(inspection.received)["c"]?.states.at(-1) === "Accepted");
  expect(server.asked.some(({ headers }) => headers["cookie"]?.includes("MARK-cookie"))).toBe(true);
  expect(server.asked.some(({ headers }) => headers["x-t"] === "MARK-token")).toBe(true);
  const encoded = Buffer.from(`MARK-user:${password}`).toString("base64");
  const seen = `${textOf(raw)}\n${JSON.stringify(inspection.received)}`;
  expect([mark, "MARK", encoded].filter((secret) => seen.includes(secret))).toEqual([]);
});
