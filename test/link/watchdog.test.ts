import { expect, test } from "vitest";
import type { Clock } from "../../src/domain/clock.ts";
import { seededRandom } from "../../src/domain/random.ts";
import { email } from "./desk-at.ts";
import type { BayeuxMessage } from "./scripted-server.ts";
import { simulatedDesk, stopIn, type SimulatedDesk } from "./simulated-desk.ts";
import type { SimulatedTime } from "./simulated-time.ts";

/** The hold time of a connect, and the time that the network may add. */
const timeout = 30_000;
const requestTimeout = 10_000;
const limit = (timeout + requestTimeout) * 1.25;

/** A clock that loses one timer of the given delay, as a page that was put to sleep may. */
function forgetfulClock(time: SimulatedTime): Clock & { loses: number | undefined } {
  const clock = {
    loses: undefined as number | undefined,
    now: () => time.now(),
    clearTimeout: (timer: unknown) => time.clearTimeout(timer),
    setTimeout(run: () => void, ms: number) {
      if (ms !== clock.loses) return time.setTimeout(run, ms);
      clock.loses = undefined;
      return undefined;
    },
  };
  return clock;
}

/** The delay of the next poll, where nothing has failed. */
const nextPoll = 0;

async function liveDesk(seed = 1): Promise<SimulatedDesk & { clock: ReturnType<typeof forgetfulClock> }> {
  let clock: ReturnType<typeof forgetfulClock> | undefined;
  const all = await simulatedDesk(seed, {}, { clockOf: (time) => (clock = forgetfulClock(time)) });
  expect(all.desk.connection.state).toBe("Live");
  return { ...all, clock: clock! };
}

test("a client that went silent is started again after the longest poll, the longest request and a quarter", async () => {
  const { desk, server, time, clock } = await liveDesk();
  clock.loses = nextPoll;
  server.notify("/v2/me/interactions", email("last"));
  await time.advance(0);
  const handshakes = server.count("/meta/handshake");
  server.interactions = [email("last"), email("missed")];
  await time.advance(limit - 1);
  expect(desk.connection.state).toBe("Live");
  expect(server.count("/meta/handshake")).toBe(handshakes);
  await time.advance(1);
  expect(server.count("/meta/handshake")).toBe(handshakes + 1);
  expect(desk.anomalies.getSnapshot().map(({ code }) => code)).toContain("watchdog");
  await time.advance(1000);
  expect(desk.connection.state).toBe("Live");
  expect(desk.interaction("missed")).toBeDefined();
});

test("a handshake without an answer is retried as well", async () => {
  const all = await liveDesk();
  const { desk, server, time, clock } = all;
  await stopIn(all);
  const honest = server.script;
  server.script = ({ what }, answer) => {
    // CometD's own timer of the request is lost, so that only the watchdog is left.
    if (what === "GET /me") clock.loses = requestTimeout;
    return what === "/meta/handshake" ? undefined : answer();
  };
  void desk.start();
  await time.advance(1000);
  server.script = honest;
  await time.advance(limit);
  expect(desk.connection.state).toBe("Live");
});

test("a desk that a listener stops on silence does not send another handshake", async () => {
  const { desk, server, time, clock } = await liveDesk();
  clock.loses = nextPoll;
  server.notify("/v2/me/interactions", email("last"));
  await time.advance(0);
  const handshakes = server.count("/meta/handshake");
  desk.connection.subscribe(({ lossReason }) => {
    if (lossReason === "silence") void desk.stop();
  });
  await time.advance(limit + 10_000);
  expect(desk.connection.state).toBe("Stopped");
  expect(server.count("/meta/handshake")).toBe(handshakes);
  expect(time.pending).toBe(0);
});

test("the watchdog is silent for as long as polls are answered, and when the desk is stopped", async () => {
  const { desk, server, time } = await liveDesk();
  const handshakes = server.count("/meta/handshake");
  await time.advance(4 * 3_600_000);
  expect(desk.connection.state).toBe("Live");
  expect(server.count("/meta/handshake")).toBe(handshakes);
  expect(desk.anomalies.getSnapshot().map(({ code }) => code)).not.toContain("watchdog");
  await desk.stop();
  await time.advance(3_600_000);
  expect(server.count("/meta/handshake")).toBe(handshakes);
  expect(time.pending).toBe(0);
});

test("a watchdog that started the client again watches the new one as well", async () => {
  const { desk, server, time, clock } = await liveDesk();
  for (const name of ["one", "two", "three"]) {
    clock.loses = nextPoll;
    server.notify("/v2/me/interactions", email(name));
    await time.advance(limit + 1000);
    expect(desk.connection.state).toBe("Live");
  }
  expect(desk.anomalies.getSnapshot().filter(({ code }) => code === "watchdog")).toHaveLength(3);
});

const stalls: readonly ((all: Awaited<ReturnType<typeof liveDesk>>) => void)[] = [
  ({ clock, server }) => {
    clock.loses = nextPoll;
    server.notify("/v2/me/interactions", email("last"));
  },
  ({ server }) => {
    server.script = ({ what }, honest) => (what === "/meta/connect" ? undefined : honest());
    server.notify("/v2/me/interactions", email("last"));
  },
  ({ server }) => {
    server.script = () => undefined;
    server.notify("/v2/me/interactions", email("last"));
  },
  ({ server }) => {
    server.script = async ({ what }, honest) => {
      const { body } = await honest();
      return { body: what === "/meta/connect" ? (body as BayeuxMessage[]).slice(0, -1) : body };
    };
    server.notify("/v2/me/interactions", email("last"));
  },
];

test("however a connection stalls, the desk shows it within the limit and shows the truth two polls later", async () => {
  for (let seed = 1; seed <= 20; seed++) {
    const all = await liveDesk(seed);
    const { desk, server, time } = all;
    const random = seededRandom(seed);
    const honest = server.script;
    await time.advance(random() * 100_000);
    expect(desk.connection.state).toBe("Live");
    const leftAt: number[] = [];
    const watching = desk.connection.subscribe(({ state }) => {
      if (state === "Recovering") leftAt.push(time.now());
    });
    const stalledAt = time.now();
    stalls[seed % stalls.length]!(all);
    server.interactions = [email("last"), email(`missed ${seed}`)];
    await time.advance(limit);
    expect(leftAt[0], `seed ${seed}`).toBeLessThanOrEqual(stalledAt + limit);
    server.script = honest;
    await time.advance(2 * timeout);
    expect(desk.connection.state, `seed ${seed}`).toBe("Live");
    expect(desk.interactions.getSnapshot().map(({ id }) => id)).toEqual(["last", `missed ${seed}`]);
    watching.unsubscribe();
    await desk.stop();
    expect(time.pending, `seed ${seed}`).toBe(0);
  }
});
