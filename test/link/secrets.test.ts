import { inspect } from "node:util";
import type { InspectionEvent } from "xstate";
import { beforeEach, expect, test, vi } from "vitest";
import type { Desk } from "../../src/index.ts";
import { gws } from "../../src/links/gws/index.ts";
import { deskAt } from "./desk-at.ts";
import { listen, type Listening } from "./listen.ts";
import { until } from "./until.ts";

const password = "MARK-password";
/** Secrets of the server and the link. */
const secrets = [password, "MARK-cookie", "MARK-csrf", Buffer.from(`agent1:${password}`).toString("base64")];
/** Texts of customers and agents, and data about them. */
const said = [
  "MARK text",
  "MARK subject",
  "MARK key",
  "MARK value",
  "MARK name",
  "MARK address",
  "MARK reply",
];

const output: string[] = [];
beforeEach(() => {
  output.length = 0;
  const keep = (...words: unknown[]): void => void output.push(inspect(words, { depth: 10 }));
  for (const method of ["log", "info", "warn", "error", "debug", "trace", "dir"] as const) {
    vi.spyOn(console, method).mockImplementation(keep);
  }
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, "write").mockImplementation((text) => (keep(text), true));
  }
});

/** All text that can be reached from a value: of objects, maps, sets and errors, whatever is hidden in them. */
function textOf(value: unknown, seen = new Set<unknown>()): string {
  if (typeof value === "string") return value;
  if ((typeof value !== "object" && typeof value !== "function") || value === null || seen.has(value))
    return "";
  seen.add(value);
  const entries = value instanceof Map || value instanceof Set ? [...(value as Iterable<unknown>)] : [];
  const own = Reflect.ownKeys(value).flatMap((key) => {
    const descriptor = Reflect.getOwnPropertyDescriptor(value, key);
    return [String(key), descriptor === undefined || "get" in descriptor ? "" : descriptor.value];
  });
  return [...entries, ...own].map((one) => textOf(one, seen)).join("\n");
}

const marksIn = (value: unknown, marks: readonly string[]): string[] => {
  const text = textOf(value);
  return marks.filter((mark) => text.includes(mark));
};

/** A server that keeps secrets and whose customers have written, in good messages and in bad ones. */
async function talkativeServer(): Promise<Listening> {
  const listening = await listen();
  const { server } = listening;
  server.script = async ({ method, what }, honest) => {
    const answer = await honest();
    if (what === "Accept")
      return { status: 500, body: { statusCode: 4, statusMessage: "MARK text MARK-csrf" } };
    if (what === "SendMessage") return undefined;
    if (what === "AttachUserData") return { status: 200, body: "<html>MARK text MARK-cookie</html>" };
    if (method !== "GET") return answer;
    const headers = {
      "Set-Cookie": "JSESSIONID=MARK-cookie; Path=/",
      "X-CSRF-HEADER": "X-T",
      "X-CSRF-TOKEN": "MARK-csrf",
    };
    return { ...answer, headers };
  };
  return listening;
}

const interaction = (id: string, channel: string, more: object): object => ({
  messageType: "InteractionStateMessage",
  id,
  channel,
  state: "Accepted",
  capabilities: ["Send", "Accept", "UpdateUserData", "AttachUserData", "DeleteUserData", "Unheard"],
  userData: { "MARK key": "MARK value", nested: { "MARK key": "MARK value" } },
  "MARK name": "MARK text",
  ...more,
});
const events = [
  { id: 1, messageType: "PARTY_JOINED", userId: "c", nickName: "MARK name", userType: "Client" },
  { id: 2, messageType: "MESSAGE", userId: "c", text: "MARK text" },
  { id: "MARK text", messageType: "MARK text", text: { mark: "MARK text" } },
];
const news: readonly object[] = [
  interaction("chat", "chat", { content: { latestEventId: 2, sessionId: "chat", events } }),
  interaction("email", "email", {
    content: { text: "MARK text", subject: "MARK subject", fromAddress: "MARK address" },
  }),
  interaction("unknown", "pager", { state: "MARK text", startDate: "MARK value", inQueues: "MARK text" }),
  interaction("email", "chat", { state: "MARK text", capabilities: "MARK text", content: "MARK text" }),
  { errorCode: "MARK value", errorMessage: "MARK text" },
  { messageType: "MARK text", text: "MARK text" },
  { ...interaction("MARK/text", "chat", {}), id: "../MARK text" },
];

/** Does everything that may make a desk log or throw. */
async function liveThroughAll({ server }: Listening, desk: Desk): Promise<unknown[]> {
  const thrown: unknown[] = [];
  for (const data of news) server.notify("/v2/me/interactions", data);
  server.notify("/v2/me/channels", {
    channels: [{ channel: "pager", userState: { state: "MARK text" } }],
  });
  await until("it was notified", () => desk.interaction("email") !== undefined);
  const chat = desk.interaction("chat")!;
  if (chat.kind !== "chat") throw new Error("This is not a chat.");
  desk.changes.subscribe(() => {
    throw new Error("MARK text");
  });
  const outcomes = [
    chat.actions.Send?.({ text: "MARK reply" }),
    chat.actions.Accept?.({ nickname: "MARK name" }),
    chat.editUserData((draft) => void (draft["MARK key"] = "MARK value 2")),
  ];
  for (const misuse of [{ text: { "MARK reply": 1 } }, { userData: "MARK value" }, "MARK text"]) {
    try {
      void (chat.actions.Accept as ((given: unknown) => unknown) | undefined)?.(misuse);
      void (desk.interaction("email")!.actions as Record<string, (given: unknown) => unknown>)[
        "UpdateUserData"
      ]?.(misuse);
    } catch (error) {
      thrown.push(error);
    }
  }
  server.notify("/v2/me/interactions", interaction("chat", "chat", { state: "Completed", capabilities: [] }));
  await Promise.all(outcomes);
  server.forget();
  await until("it was lost", () => desk.connection.state !== "Live");
  await desk.stop();
  return thrown;
}

test("secrets are in nothing that a desk shows, notifies, throws or logs, and texts of customers only where they belong", async () => {
  const listening = await talkativeServer();
  const inspected: InspectionEvent[] = [];
  const { desk } = deskAt(listening.url, {
    credentials: { user: "agent1", password },
    inspect: (event) => inspected.push(event),
  });
  await desk.start();
  const thrown = await liveThroughAll(listening, desk);
  expect(thrown.length).toBeGreaterThan(0);
  const interactions = [...desk.interactions.getSnapshot(), ...desk.ended.getSnapshot()];
  expect(interactions.map(({ id }) => id)).toEqual(expect.arrayContaining(["chat", "email", "unknown"]));
  expect(
    marksIn(
      interactions.map((one) => one.getSnapshot()),
      ["MARK text", "MARK value"],
    ),
  ).toHaveLength(2);
  const charts = [desk.connection, ...desk.channels.getSnapshot(), ...interactions].map(({ actor }) => actor);
  const shown = {
    charts: charts.map((actor) => [actor.getSnapshot().context, actor.getSnapshot().value]),
    saved: charts.map((actor) => actor.getPersistedSnapshot()),
    inspected,
    anomalies: desk.anomalies.getSnapshot(),
    connection: desk.connection.getSnapshot(),
    thrown,
    output,
  };
  expect(shown.inspected.length).toBeGreaterThan(20);
  expect(shown.anomalies.length).toBeGreaterThan(10);
  for (const [what, value] of Object.entries(shown))
    expect([what, marksIn(value, secrets)]).toEqual([what, []]);
  const everything = inspect(desk, { depth: 12, showHidden: true });
  expect(secrets.filter((mark) => everything.includes(mark))).toEqual([]);
  for (const [what, value] of Object.entries(shown)) expect([what, marksIn(value, said)]).toEqual([what, []]);
});

test("the refusal of a password quotes neither user nor password, and neither does an invalid address", async () => {
  const { server, url } = await listen();
  server.script = () => ({ status: 401, body: { statusCode: 20, statusMessage: `No: agent1 ${password}` } });
  const { desk } = deskAt(url, { credentials: { user: "agent1", password } });
  const failure = await desk.start().catch((error: unknown) => error);
  expect(marksIn(failure, [...secrets, "agent1"])).toEqual([]);
  const misuses = [
    { url: `https://agent1:${password}@gws.example/`, credentials: { user: "agent1", password } },
    {
      url: "https://gws.example/",
      credentials: { user: password, password: { password } as unknown as string },
    },
    { url: "https://gws.example/", credentials: { user: `${password}:`, password } },
  ];
  for (const options of misuses) {
    expect(() => gws(options)).toThrow(expect.objectContaining({ code: "invalid-options" }) as Error);
    try {
      gws(options);
    } catch (error) {
      expect(marksIn(error, secrets)).toEqual([]);
    }
  }
  expect(marksIn(output, secrets)).toEqual([]);
});
