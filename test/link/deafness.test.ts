import { expect, test, vi } from "vitest";
import { deskAt, email, type DeskAt } from "./desk-at.ts";
import { listen, type Listening } from "./listen.ts";
import type { Answer, BayeuxMessage } from "./scripted-server.ts";
import { until } from "./until.ts";

const topic = "/v2/me/interactions";

/** A desk that is Live at a server that is honest so far. */
async function live(): Promise<Listening & DeskAt> {
  const listening = await listen();
  const at = deskAt(listening.url);
  await at.desk.start();
  return { ...listening, ...at };
}

/** Changes the replies to the next connects that are held; the answer tells how many were. */
function strike(
  { server }: Listening,
  change: (reply: BayeuxMessage[]) => unknown,
  times = 1,
): { readonly hits: () => number } {
  let hits = 0;
  server.script = async ({ what }, honest) => {
    const answer = await honest();
    if (what !== "/meta/connect" || hits >= times) return answer;
    hits++;
    return { ...answer, body: change(answer.body as BayeuxMessage[]) } as Answer;
  };
  return { hits: () => hits };
}

/** What the server says from now on reaches the desk. */
async function expectHearing({ server, desk }: Listening & DeskAt, id = "heard"): Promise<void> {
  server.interactions = [...server.interactions, email(id)];
  server.notify(topic, email(id));
  await until(`${id} is shown`, () => desk.interaction(id)?.state === "Invited");
}

/** What the server has and never told reaches the desk, because it noticed. */
async function expectNoticing({ server, desk, states, odd }: Listening & DeskAt): Promise<void> {
  server.interactions = [email("untold")];
  await until("what was not told is shown", () => desk.interaction("untold")?.state === "Invited");
  await until("the desk is Live", () => desk.connection.state === "Live");
  expect(states.some((state) => state.startsWith("Recovering"))).toBe(true);
  // The guard saw it at once; it did not take the patience of the watchdog.
  expect(odd()).not.toContain("watchdog");
}

test("1: elements without a channel, or with a number for one, cut off nothing that follows", async () => {
  const all = await live();
  const { hits } = strike(all, (reply) => [
    { data: email("nameless") },
    { channel: 5, data: email("numbered") },
    null,
    { channel: topic, data: email("named") },
    ...reply,
  ]);
  await until("they were sent", () => hits() === 1);
  await expectHearing(all);
  const ids = all.desk.interactions.getSnapshot().map(({ id }) => id);
  expect(ids).toEqual(["nameless", "numbered", "named", "heard"]);
  expect(all.states.filter((state) => state.startsWith("Recovering"))).toEqual([]);
});

test("2: an answer to a connect under another id is a loss, not silence", async () => {
  const all = await live();
  strike(all, (reply) => reply.map((message) => ({ ...message, id: "999999" })));
  await expectNoticing(all);
  await expectHearing(all);
});

test("3: a reply without the answer to the connect is a loss, not silence", async () => {
  const all = await live();
  strike(all, (reply) => reply.filter(({ channel }) => channel !== "/meta/connect"));
  await expectNoticing(all);
  await expectHearing(all);
});

test.each([
  ["4: advice that nobody knows", { reconnect: "tomorrow" }],
  ["4: the advice to shake hands on a connect that succeeded", { reconnect: "handshake" }],
  ["4: a time-out that no timer holds", { reconnect: "retry", timeout: 1e12, interval: 1e12 }],
  ["5: advice with a key hasOwnProperty", { reconnect: "retry", interval: 0, hasOwnProperty: 1 }],
])("%s does not end the polling", async (_name, advice) => {
  const all = await live();
  const { hits } = strike(all, (reply) => reply.map((message) => ({ ...message, advice })), 3);
  await until("it was sent", () => hits() === 3);
  await expectHearing(all);
  expect(all.states.filter((state) => state.startsWith("Recovering"))).toEqual([]);
});

test("4: the advice to shake hands on a failed subscribe does not end the polling", async () => {
  const listening = await listen();
  const { server } = listening;
  let failures = 1;
  server.advice = undefined;
  server.script = async ({ what }, honest) => {
    const answer = await honest();
    if (what !== "/meta/subscribe" || failures-- <= 0) return answer;
    const [reply] = answer.body as [BayeuxMessage];
    return { body: [{ ...reply, successful: false, advice: { reconnect: "handshake" } }] };
  };
  const at = deskAt(listening.url);
  await at.desk.start();
  await expectHearing({ ...listening, ...at });
  expect(at.odd()).not.toContain("watchdog");
});

test.each([
  ["refused", (reply: BayeuxMessage) => ({ body: [{ ...reply, successful: false, error: "500::busy" }] })],
  ["answered with an error", () => ({ status: 500, body: "busy" })],
  ["never answered", () => undefined],
])(
  "6: a subscribe that is %s is sent again, and the desk is not Live before it succeeds",
  async (_how, answerWith) => {
    const listening = await listen();
    const { server } = listening;
    let failures = 2;
    let failedAt = 0;
    server.script = async ({ what }, honest) => {
      const { body } = await honest();
      if (what !== "/meta/subscribe" || failures-- <= 0) return { body };
      failedAt = server.asked.length;
      return answerWith((body as [BayeuxMessage])[0]);
    };
    const at = deskAt(listening.url, { requestTimeout: 4000 });
    await at.desk.start();
    expect(server.asked.slice(failedAt).some(({ what }) => what === "/meta/subscribe")).toBe(true);
    await expectHearing({ ...listening, ...at });
  },
);

test("7 and 8: every handshake is followed by one request that subscribes to each topic, also after a restart", async () => {
  const all = await live();
  const { server } = all;
  for (const restart of [1, 2, 3]) {
    const sent = server.asked.length;
    server.forget();
    await until("the desk noticed", () => all.desk.connection.state !== "Live");
    await until("the desk is Live again", () => all.desk.connection.state === "Live");
    const since = server.asked.slice(sent);
    const handshake = since.findLastIndex(({ what }) => what === "/meta/handshake");
    const topics = since
      .slice(handshake)
      .flatMap(({ body, what }) =>
        what === "/meta/subscribe"
          ? [(body as BayeuxMessage[]).map(({ subscription }) => subscription).toSorted()]
          : [],
      );
    expect(topics).toEqual([["/v2/me/channels", "/v2/me/interactions"]]);
    await expectHearing(all, `restart${restart}`);
  }
});

test("9: where there are web sockets they are not tried", async () => {
  const opened = vi.fn();
  vi.stubGlobal("WebSocket", opened);
  vi.stubGlobal("window", { WebSocket: opened });
  try {
    const all = await live();
    await expectHearing(all);
    expect(opened).not.toHaveBeenCalled();
    expect(all.upgrades()).toBe(0);
    const [handshake] = all.server.asked.find(({ what }) => what === "/meta/handshake")!
      .body as BayeuxMessage[];
    expect(handshake?.["supportedConnectionTypes"]).toEqual(["long-polling"]);
  } finally {
    vi.unstubAllGlobals();
  }
});

test("a data topic that was never subscribed to is heard and reported, not lost", async () => {
  const all = await live();
  strike(all, (reply) => [{ channel: "/v2/me/surprise", data: { text: "?" } }, ...reply]);
  await until("it was reported", () => all.odd().includes("unknown-topic"));
});
