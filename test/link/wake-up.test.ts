import { afterEach, expect, test, vi } from "vitest";
import { onWakeUp } from "../../src/links/gws/wake-up.ts";
import { email } from "./desk-at.ts";
import { fakePage as page } from "./fake-page.ts";
import { simulatedDesk, stopIn } from "./simulated-desk.ts";
import { simulatedTime } from "./simulated-time.ts";

afterEach(() => vi.unstubAllGlobals());

/** Records the calls of a wake-up, and can forget them. */
function recordedCalls() {
  const calls = { probe: vi.fn(), retryNow: vi.fn(), onUnload: vi.fn() };
  const times = () => [calls.probe, calls.retryNow, calls.onUnload].map(({ mock }) => mock.calls.length);
  return { ...calls, times };
}

/** Longer than things that come in a bunch are taken for one. */
const aWhile = 6000;

test.each<[string, (world: ReturnType<typeof page>) => unknown]>([
  ["the network is back", ({ online }) => online()],
  ["a frozen page is resumed", ({ resume }) => resume()],
  ["a page that was kept for the way back is shown", ({ show }) => show(true)],
])("when %s, a connection is doubted and what waits is tried, until it is ended", (_when, happen) => {
  const world = page();
  const [time, calls] = [simulatedTime(), recordedCalls()];
  const end = onWakeUp(time, calls);
  happen(world);
  expect(calls.times()).toEqual([1, 1, 0]);
  end();
  happen(world);
  expect(calls.times()).toEqual([1, 1, 0]);
  expect(time.pending).toBe(0);
});

test("when the network goes, a connection is doubted, and nothing is tried again for it", async () => {
  const { offline, show } = page();
  const [time, calls] = [simulatedTime(), recordedCalls()];
  const end = onWakeUp(time, calls);
  show(false);
  expect(calls.times()).toEqual([0, 0, 0]);
  offline();
  expect(calls.times()).toEqual([1, 0, 0]);
  // The second one is not forgotten: the network may have come and gone.
  offline();
  offline();
  expect(calls.times()).toEqual([1, 0, 0]);
  await time.advance(aWhile);
  expect(calls.times()).toEqual([2, 0, 0]);
  end();
  offline();
  expect(calls.times()).toEqual([2, 0, 0]);
});

test("the unload of a page is notified, its way into the back/forward cache is not", () => {
  const { hide } = page();
  const calls = recordedCalls();
  const end = onWakeUp(simulatedTime(), calls);
  hide(true);
  expect(calls.times()).toEqual([0, 0, 0]);
  hide(false);
  expect(calls.times()).toEqual([0, 0, 1]);
  end();
  hide(false);
  expect(calls.times()).toEqual([0, 0, 1]);
});

test("a page that is shown again retries immediately what waits; only after a long time is the connection doubted", async () => {
  const { become } = page();
  const [time, calls] = [simulatedTime(), recordedCalls()];
  const end = onWakeUp(time, calls);
  become("visible");
  expect(calls.times()).toEqual([0, 0, 0]);
  become("hidden");
  await time.advance(9000);
  become("visible");
  expect(calls.times()).toEqual([0, 1, 0]);
  become("hidden");
  await time.advance(11_000);
  become("visible");
  become("visible");
  expect(calls.times()).toEqual([1, 2, 0]);
  end();
});

test("what comes in a bunch, as when a lid is opened, is one waking up", async () => {
  const { online, resume, become } = page();
  const [time, calls] = [simulatedTime(), recordedCalls()];
  const end = onWakeUp(time, calls);
  become("hidden");
  await time.advance(3_600_000);
  resume();
  online();
  become("visible");
  expect(calls.times()).toEqual([1, 1, 0]);
  await time.advance(600_000);
  // The network may not have been there at the first of them.
  expect(calls.times()).toEqual([1, 2, 0]);
  end();
});

test("a network that flaps is no reason to try more than once in five seconds, and the last time counts", async () => {
  const { online } = page();
  const [time, calls] = [simulatedTime(), recordedCalls()];
  const end = onWakeUp(time, calls);
  for (let tenths = 0; tenths < 600; tenths++) {
    online();
    await time.advance(100);
  }
  expect(calls.retryNow.mock.calls.length).toBeLessThanOrEqual(13);
  const before = calls.retryNow.mock.calls.length;
  online();
  await time.advance(aWhile);
  expect(calls.retryNow.mock.calls.length).toBeGreaterThan(before);
  end();
  expect(time.pending).toBe(0);
});

/** Time that jumps, as the clock of a machine does whose lid was closed: no timer has run meanwhile. */
function jumpingTime() {
  const time = simulatedTime();
  let slept = 0;
  return { ...time, now: () => time.now() + slept, sleep: (ms: number) => void (slept += ms) };
}

test("a clock that jumped is a wake-up, one that is a little late is not", async () => {
  const [time, calls] = [jumpingTime(), recordedCalls()];
  const end = onWakeUp(time, calls);
  await time.advance(600_000);
  time.sleep(20_000);
  await time.advance(60_000);
  expect(calls.times()).toEqual([0, 0, 0]);
  time.sleep(60_000);
  await time.advance(15_000);
  expect(calls.times()).toEqual([1, 1, 0]);
  await time.advance(600_000);
  expect(calls.times()).toEqual([1, 1, 0]);
  end();
  expect(time.pending).toBe(0);
});

test("a clock that was set back is no wake-up, and does not stop the next from being noticed", async () => {
  const { online } = page();
  const [time, calls] = [jumpingTime(), recordedCalls()];
  const end = onWakeUp(time, calls);
  online();
  time.sleep(-86_400_000);
  await time.advance(60_000);
  expect(calls.times()).toEqual([1, 1, 0]);
  online();
  expect(calls.times()).toEqual([2, 2, 0]);
  await time.advance(60_000);
  time.sleep(60_000);
  await time.advance(15_000);
  expect(calls.times()).toEqual([3, 3, 0]);
  end();
});

test("the timers of a hidden page, which run once a minute, are not taken for sleep; real sleep is", async () => {
  const { become } = page();
  const time = jumpingTime();
  /** As Chromium does to a tab that has been in the background for five minutes. */
  const throttled = {
    ...time,
    setTimeout: (run: () => void, ms: number) =>
      time.setTimeout(run, Math.ceil((time.now() + ms) / 60_000) * 60_000 - time.now()),
  };
  const calls = recordedCalls();
  become("hidden");
  const end = onWakeUp(throttled, calls);
  await time.advance(3_600_000);
  expect(calls.times()).toEqual([0, 0, 0]);
  time.sleep(3_600_000);
  await time.advance(60_000);
  expect(calls.times()).toEqual([1, 1, 0]);
  end();
});

test("a desk that wakes up does not wait for its held connect: it polls immediately and catches up", async () => {
  const { online } = page();
  const all = await simulatedDesk();
  const { desk, server, time } = all;
  const states: string[] = [];
  desk.connection.subscribe(({ state, lossReason }) => states.push(`${state} ${lossReason}`));
  const [handshakes, subscribes] = [server.count("/meta/handshake"), server.count("/meta/subscribe")];
  // While the machine slept the connection died, and the messages on it were lost.
  server.interactions = [email("untold")];
  await time.advance(1000);
  online();
  await time.advance(1);
  expect(states).toEqual(["Recovering silence", "CatchingUp silence", "Live null"]);
  expect(desk.interaction("untold")?.state).toBe("Invited");
  expect(server.count("/meta/handshake")).toBe(handshakes);
  expect(server.count("/meta/subscribe")).toBe(subscribes);
  await stopIn(all);
});

test("a desk that wakes up where its session is gone has a new one without waiting for a poll", async () => {
  const { online } = page();
  const all = await simulatedDesk(1, { handshakeSpread: 0 });
  const { desk, server, time } = all;
  await time.advance(1000);
  const polls = server.count("/meta/connect");
  const honest = server.script;
  server.script = (asked, answer) =>
    asked.what === "/meta/connect" && server.count("/meta/connect") === polls
      ? undefined
      : honest(asked, answer);
  server.forget();
  server.interactions = [email("untold")];
  online();
  await time.advance(2000);
  expect(desk.connection.state).toBe("Live");
  expect(desk.interaction("untold")).toBeDefined();
  await stopIn(all);
});

test("waking up changes nothing for a desk that is not connected or was stopped", async () => {
  const { online } = page();
  const all = await simulatedDesk();
  const { desk, server, time } = all;
  const honest = server.script;
  server.script = () => ({ status: 503, headers: { "Retry-After": "100" }, body: "" });
  server.forget();
  await time.advance(10_000);
  const asked = server.asked.length;
  for (let times = 0; times < 10; times++) online();
  await time.advance(1000);
  expect(server.asked).toHaveLength(asked);
  await time.advance(140_000);
  expect(server.asked).toHaveLength(asked + 1);
  server.script = honest;
  await time.advance(200_000);
  expect(desk.connection.state).toBe("Live");
  await stopIn(all);
  const left = server.asked.length;
  online();
  await time.advance(100_000);
  expect(server.asked).toHaveLength(left);
});
