import { afterEach, expect, test, vi } from "vitest";
import { fakePage, type FakePage } from "./fake-page.ts";
import type { Script } from "./scripted-server.ts";
import { simulatedDesk, stopIn, type SimulatedDesk } from "./simulated-desk.ts";

afterEach(() => vi.unstubAllGlobals());

/** A desk whose network is gone, or whose server is in this state, for so long that it hardly tries any more. */
async function waitingDesk(script: Script, step?: string): Promise<SimulatedDesk & FakePage> {
  const page = fakePage();
  // Of each wait as much as may be: half a minute after some failures.
  const all = await simulatedDesk(1, { random: () => 0.999 });
  const { server, time } = all;
  const honest = server.script;
  if (step !== undefined) await stopIn(all);
  server.script = (asked, answer) =>
    step === undefined || asked.what === step ? script(asked, answer) : honest(asked, answer);
  if (step === undefined) page.offline();
  else void all.desk.start();
  await time.advance(300_000);
  server.script = honest;
  return { ...all, ...page };
}

const gone: Script = () => Promise.reject(new Error("There is no network."));

test.each([
  ["for a connect", undefined],
  ["to sign in", "GET /me"],
  ["to shake hands", "/meta/handshake"],
  ["to subscribe", "/meta/subscribe"],
  ["to begin the contact-centre session", "StartContactCenterSession"],
])("a desk that waits %s while there is no network is back as soon as there is one", async (_how, step) => {
  const all = await waitingDesk(gone, step);
  const { desk, time, online } = all;
  expect(desk.connection.state).not.toBe("Live");
  await time.advance(1);
  expect(desk.connection.state).not.toBe("Live");
  online();
  await time.advance(100);
  expect(desk.connection.state).toBe("Live");
  await stopIn(all);
});

test("a desk that waits for the network is tried when its page is shown again, however short it was hidden", async () => {
  const all = await waitingDesk(gone);
  const { desk, time, become } = all;
  become("hidden");
  await time.advance(10);
  become("visible");
  await time.advance(100);
  expect(desk.connection.state).toBe("Live");
  await stopIn(all);
});

test("where the network is back a little later than the browser reports, a desk does not wait long again", async () => {
  const all = await waitingDesk(gone);
  const { desk, server, time, online } = all;
  const honest = server.script;
  server.script = gone;
  online();
  await time.advance(1200);
  server.script = honest;
  await time.advance(1500);
  expect(desk.connection.state).toBe("Live");
  await stopIn(all);
});

test("a network that flaps without ever working costs its server no more than a request a second", async () => {
  const all = await waitingDesk(gone);
  const { server, time, online, offline } = all;
  server.script = gone;
  const before = server.asked.length;
  for (let tenths = 0; tenths < 600; tenths++) {
    (tenths % 2 === 0 ? online : offline)();
    await time.advance(100);
  }
  expect(server.asked.length - before).toBeLessThanOrEqual(60);
  await stopIn(all);
});

test("a network that flaps and works costs its server no more than a few requests each five seconds", async () => {
  const all = await waitingDesk(gone);
  const { desk, server, time, online, offline } = all;
  const before = server.asked.length;
  for (let tenths = 0; tenths < 600; tenths++) {
    (tenths % 2 === 0 ? online : offline)();
    await time.advance(100);
  }
  expect(server.asked.length - before).toBeLessThanOrEqual(100);
  await time.advance(10_000);
  expect(desk.connection.state).toBe("Live");
  await stopIn(all);
});

test.each(
  [500, 503].flatMap((status) =>
    [undefined, "GET /me", "/meta/handshake", "/meta/subscribe"].map((step) => [status, step] as const),
  ),
)("a server that answers %d to %s is not asked earlier because a network is back", async (status, step) => {
  const busy: Script = () => ({ status, body: "" });
  const all = await waitingDesk(busy, step);
  const { server, time, online } = all;
  // A desk that waits to subscribe has a connect that is held; that one is tried.
  const asked = () =>
    server.asked.filter(({ what }) => step === undefined || what !== "/meta/connect").length;
  const before = asked();
  online();
  await time.advance(1);
  expect(asked()).toBe(before);
  await stopIn(all);
});

test.each(["/meta/connect", "/meta/handshake", "/meta/subscribe"])(
  "a server that refuses a %s is not asked earlier because a network is back",
  async (channel) => {
    const refuse: Script = ({ body }) => {
      const [{ id, subscription }] = body as [{ id: unknown; subscription?: unknown }];
      return { body: [{ id, channel, subscription, successful: false, error: "500::not now" }] };
    };
    const all = await waitingDesk(refuse, channel);
    const { server, time, online } = all;
    const before = server.count(channel);
    online();
    await time.advance(1);
    expect(server.count(channel)).toBe(before);
    await stopIn(all);
  },
);

test("a desk whose network came back to a server that is busy still tries again by itself", async () => {
  const all = await waitingDesk(gone, "GET /me");
  const { desk, server, time, online } = all;
  const honest = server.script;
  const before = server.count("GET /me");
  server.script = ({ what }, answer) => (what === "GET /me" ? { status: 503, body: "" } : answer());
  for (let second = 0; second < 40 && server.count("GET /me") === before; second++) await time.advance(1000);
  expect(server.count("GET /me")).toBe(before + 1);
  server.script = honest;
  online();
  await time.advance(40_000);
  expect(desk.connection.state).toBe("Live");
  await stopIn(all);
});

test("a new handshake with a server that has lost all its sessions stays spread, whatever the network does", async () => {
  const page = fakePage();
  const all = await simulatedDesk(1, { random: () => 0.999 });
  const { server, time } = all;
  server.forget();
  await time.advance(100);
  const before = server.count("/meta/handshake");
  page.online();
  await time.advance(4000);
  page.online();
  await time.advance(1500);
  expect(server.count("/meta/handshake")).toBe(before);
  await time.advance(1000);
  expect(server.count("/meta/handshake")).toBe(before + 1);
  await stopIn(all);
});
