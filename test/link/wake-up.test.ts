import { afterEach, expect, test, vi } from "vitest";
import { onWakeUp } from "../../src/link/wake-up.ts";
import { email } from "./desk-at.ts";
import { simulatedDesk, stopIn } from "./simulated-desk.ts";
import { simulatedTime } from "./simulated-time.ts";

/** A page, as far as waking up is concerned. */
function page() {
  const document = Object.assign(new EventTarget(), { visibilityState: "visible" });
  const window = new EventTarget();
  vi.stubGlobal("document", document);
  vi.stubGlobal("addEventListener", window.addEventListener.bind(window));
  vi.stubGlobal("removeEventListener", window.removeEventListener.bind(window));
  return {
    online: () => window.dispatchEvent(new Event("online")),
    resume: () => document.dispatchEvent(new Event("resume")),
    become(visibilityState: "visible" | "hidden") {
      document.visibilityState = visibilityState;
      document.dispatchEvent(new Event("visibilitychange"));
    },
  };
}

afterEach(() => vi.unstubAllGlobals());

test("the network coming back and a page being resumed are wake-ups, until nobody asks any more", () => {
  const { online, resume, become } = page();
  const [time, wake] = [simulatedTime(), vi.fn()];
  const end = onWakeUp(time, wake);
  online();
  expect(wake).toHaveBeenCalledTimes(1);
  resume();
  expect(wake).toHaveBeenCalledTimes(2);
  end();
  online();
  resume();
  become("hidden");
  become("visible");
  expect(wake).toHaveBeenCalledTimes(2);
  expect(time.pending).toBe(0);
});

test("a page that is shown again after a long time is a wake-up, after a short one it is not", async () => {
  const { become } = page();
  const [time, wake] = [simulatedTime(), vi.fn()];
  const end = onWakeUp(time, wake);
  become("visible");
  become("hidden");
  await time.advance(9000);
  become("visible");
  expect(wake).not.toHaveBeenCalled();
  become("hidden");
  await time.advance(11_000);
  become("visible");
  become("visible");
  expect(wake).toHaveBeenCalledTimes(1);
  end();
});

/** Time that jumps, as the clock of a machine does whose lid was closed: no timer has run meanwhile. */
function jumpingTime() {
  const time = simulatedTime();
  let slept = 0;
  return { ...time, now: () => time.now() + slept, sleep: (ms: number) => void (slept += ms) };
}

test("a clock that jumped is a wake-up, one that is a little late is not", async () => {
  const [time, wake] = [jumpingTime(), vi.fn()];
  const end = onWakeUp(time, wake);
  await time.advance(600_000);
  time.sleep(20_000);
  await time.advance(60_000);
  expect(wake).not.toHaveBeenCalled();
  time.sleep(60_000);
  await time.advance(15_000);
  expect(wake).toHaveBeenCalledTimes(1);
  await time.advance(600_000);
  expect(wake).toHaveBeenCalledTimes(1);
  end();
  expect(time.pending).toBe(0);
});

test("a clock that was set back is no wake-up, and does not stop the next from being noticed", async () => {
  const [time, wake] = [jumpingTime(), vi.fn()];
  const end = onWakeUp(time, wake);
  time.sleep(-86_400_000);
  await time.advance(60_000);
  expect(wake).not.toHaveBeenCalled();
  time.sleep(60_000);
  await time.advance(15_000);
  expect(wake).toHaveBeenCalledTimes(1);
  end();
});

test("a desk that wakes up does not wait for its held connect: it asks at once and catches up", async () => {
  const { online } = page();
  const all = await simulatedDesk();
  const { desk, server, time } = all;
  const states: string[] = [];
  desk.connection.subscribe(({ state, why }) => states.push(`${state} ${why}`));
  const [handshakes, subscribes] = [server.count("/meta/handshake"), server.count("/meta/subscribe")];
  // While the machine slept the connection died, and what the server said on it was lost.
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
