import { expect, test, vi } from "vitest";
import { deskAt, email } from "./desk-at.ts";
import { listen } from "./listen.ts";
import type { Answer, BayeuxMessage } from "./scripted-server.ts";
import { simulatedDesk, type SimulatedDesk } from "./simulated-desk.ts";

const topic = "/v2/me/interactions";

/** Changes the replies to the next connects that are held. Returns a function that returns how many were changed. */
function strike(
  { server }: SimulatedDesk,
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

/** Expects that the desk receives what the server notifies from now on. */
async function expectNotified({ server, desk, time }: SimulatedDesk, id = "notified"): Promise<void> {
  server.interactions = [...server.interactions, email(id)];
  server.notify(topic, email(id));
  await time.until(`${id} is shown`, () => desk.interaction(id)?.state === "Invited");
}

/** Expects that the desk notices a loss, and reads what the server has and did not notify. */
async function expectNoticing(all: SimulatedDesk): Promise<void> {
  const { server, desk, states, time, anomalyCodes } = all;
  server.interactions = [email("untold")];
  await time.until(
    "the interaction without a notification is shown",
    () => desk.interaction("untold")?.state === "Invited",
  );
  await time.until("the desk is Live", () => desk.connection.state === "Live");
  expect(states.some((state) => state.startsWith("Recovering"))).toBe(true);
  // The guard saw it immediately, without the watchdog.
  expect(anomalyCodes()).not.toContain("watchdog");
}

test("1: elements without a channel, or with a number for one, cut off nothing that follows", async () => {
  const all = await simulatedDesk();
  const { hits } = strike(all, (reply) => [
    { data: email("nameless") },
    { channel: 5, data: email("numbered") },
    null,
    { channel: topic, data: email("named") },
    ...reply,
  ]);
  await all.time.until("they were sent", () => hits() === 1);
  await expectNotified(all);
  const ids = all.desk.interactions.getSnapshot().map(({ id }) => id);
  expect(ids).toEqual(["nameless", "numbered", "named", "notified"]);
  expect(all.states.filter((state) => state.startsWith("Recovering"))).toEqual([]);
});

test("2: an answer to a connect under another id is a loss, not silence", async () => {
  const all = await simulatedDesk();
  strike(all, (reply) => reply.map((message) => ({ ...message, id: "999999" })));
  await expectNoticing(all);
  await expectNotified(all);
});

test("3: a reply without the answer to the connect is a loss, not silence", async () => {
  const all = await simulatedDesk();
  strike(all, (reply) => reply.filter(({ channel }) => channel !== "/meta/connect"));
  await expectNoticing(all);
  await expectNotified(all);
});

test.each([
  ["4: advice that is unknown", { reconnect: "tomorrow" }],
  ["4: the advice to shake hands on a connect that succeeded", { reconnect: "handshake" }],
  ["4: a time-out that no timer holds", { reconnect: "retry", timeout: 1e12, interval: 1e12 }],
  ["5: advice with a key hasOwnProperty", { reconnect: "retry", interval: 0, hasOwnProperty: 1 }],
])("%s does not end the polling", async (_name, advice) => {
  const all = await simulatedDesk();
  const { hits } = strike(all, (reply) => reply.map((message) => ({ ...message, advice })), 3);
  await all.time.until("it was sent", () => hits() === 3);
  await expectNotified(all);
  expect(all.states.filter((state) => state.startsWith("Recovering"))).toEqual([]);
});

test("4: the advice to shake hands on a failed subscribe does not end the polling", async () => {
  let failures = 1;
  const all = await simulatedDesk(
    1,
    {},
    {
      prepare: (server) => {
        server.advice = undefined;
        server.script = async ({ what }, honest) => {
          const answer = await honest();
          if (what !== "/meta/subscribe" || failures-- <= 0) return answer;
          const [reply] = answer.body as [BayeuxMessage];
          return { body: [{ ...reply, successful: false, advice: { reconnect: "handshake" } }] };
        };
      },
    },
  );
  await all.time.until("the desk is Live", () => all.desk.connection.state === "Live");
  await expectNotified(all);
  expect(all.anomalyCodes()).not.toContain("watchdog");
});

test.each([
  ["refused", (reply: BayeuxMessage) => ({ body: [{ ...reply, successful: false, error: "500::busy" }] })],
  ["answered with an error", () => ({ status: 500, body: "busy" })],
  ["never answered", () => undefined],
])(
  "6: a subscribe that is %s is sent again, and the desk is not Live before it succeeds",
  async (_how, answerWith) => {
    let failures = 2;
    let failedAt = 0;
    const all = await simulatedDesk(
      1,
      {},
      {
        prepare: (server) => {
          server.script = async ({ what }, honest) => {
            const { body } = await honest();
            if (what !== "/meta/subscribe" || failures-- <= 0) return { body };
            failedAt = server.asked.length;
            return answerWith((body as [BayeuxMessage])[0]);
          };
        },
      },
    );
    const { desk, server, time } = all;
    await time.until("the desk is Live", () => desk.connection.state === "Live");
    expect(server.asked.slice(failedAt).some(({ what }) => what === "/meta/subscribe")).toBe(true);
    await expectNotified(all);
  },
);

test("7 and 8: every handshake is followed by one request that subscribes to each topic, also after a restart", async () => {
  const all = await simulatedDesk();
  const { server, time } = all;
  for (const restart of [1, 2, 3]) {
    const sent = server.asked.length;
    server.forget();
    await time.until("the desk noticed", () => all.desk.connection.state !== "Live");
    await time.until("the desk is Live again", () => all.desk.connection.state === "Live");
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
    await expectNotified(all, `restart${restart}`);
  }
});

test("9: where there are web sockets they are not tried", async () => {
  const opened = vi.fn();
  vi.stubGlobal("WebSocket", opened);
  vi.stubGlobal("window", { WebSocket: opened });
  try {
    const { server, url, upgrades } = await listen();
    await deskAt(url).desk.start();
    expect(opened).not.toHaveBeenCalled();
    expect(upgrades()).toBe(0);
    const [handshake] = server.asked.find(({ what }) => what === "/meta/handshake")!.body as BayeuxMessage[];
    expect(handshake?.["supportedConnectionTypes"]).toEqual(["long-polling"]);
  } finally {
    vi.unstubAllGlobals();
  }
});

test("a data topic that was never subscribed to is received and reported, not lost", async () => {
  const all = await simulatedDesk();
  strike(all, (reply) => [{ channel: "/v2/me/surprise", data: { text: "?" } }, ...reply]);
  await all.time.until("it was reported", () => all.anomalyCodes().includes("unknown-topic"));
  expect(all.states).not.toContain("Recovering: unexpected-content");
});
