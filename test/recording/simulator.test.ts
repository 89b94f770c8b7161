import { expect, test } from "vitest";
import { createDesk } from "deskstate";
import { gws } from "deskstate/gws";
import { record, replay } from "deskstate/recording";
import { createSimulator } from "deskstate/simulator";
import { seededRandom } from "../../src/domain/random.ts";
import { Disturbance } from "../link/disturbance.ts";
import { fastClock } from "../link/fast-clock.ts";
import { startProxy } from "../link/proxy.ts";
import { scheduleOf } from "../link/schedule.ts";
import { Traffic } from "../link/traffic.ts";
import { until } from "../link/until.ts";
import { digest, digestOfState, patternOf } from "./digest.ts";

const user = "agent1";
// DESKSTATE_SEED=7 runs one of them again.
const { DESKSTATE_SEED: only } = process.env;
const seeds = only === undefined ? [1, 2, 3, 4, 5] : [Number(only)];

/** A desk at a real server, with what happens to networks and servers, recorded in three ways. */
async function recordSchedule(seed: number) {
  const random = seededRandom(seed * 31 + 5);
  const clock = fastClock(4);
  const simulator = createSimulator({
    seed,
    offerTimeout: 600,
    behaviour: { reofferPause: 200, shape: "seeded", order: "seeded" },
    comet: { timeout: 250, maxInterval: 500 },
  });
  await simulator.start();
  const proxy = await startProxy(Number(new URL(simulator.url).port));
  const credentials = { user, password: `secret-${user}` };
  const url = `http://127.0.0.1:${proxy.port}/api/v2`;
  const link = gws({ url, credentials, requestTimeout: 2000, handshakeSpread: 200, clock, random });
  const desk = createDesk({ link, operationTimeout: 4000, recoveryTimeout: 20_000, clock, random });
  const seen: string[] = [];
  const patterns: string[] = [];
  desk.journal.subscribe(({ nesting: depth }) => {
    if (depth > 0) return;
    seen.push(digest(desk));
    patterns.push(patternOf(desk));
  });
  const clear = record(desk, { includeCustomerData: true });
  const masked = record(desk);
  const latest = record(desk, { includeCustomerData: true, maxCharacters: 60_000 });
  const traffic = new Traffic(desk, simulator, user, random);
  // An application that acts while it is notified.
  desk.invitations.subscribe(([first]) => {
    if (random() < 0.4) void first?.actions.Accept?.();
  });
  const disturbance = new Disturbance(simulator, proxy, user);
  try {
    await desk.start();
    for (const channel of ["email", "chat"]) await desk.channel(channel).actions.Ready?.();
    for (const step of scheduleOf(seed)) {
      if ("check" in step) continue;
      await new Promise((resolve) => setTimeout(resolve, step.after));
      if ("deed" in step) traffic.do(step.deed);
      else disturbance.inflict(step.fault, step.amount);
    }
    await disturbance.end();
    await until(
      "every operation is settled",
      () => traffic.asked.every(({ outcome }) => outcome !== undefined),
      30_000,
    );
    await desk.stop();
    return { desk, seen, patterns, clear, masked, latest };
  } finally {
    void desk.stop();
    await proxy.close();
    await simulator.stop();
  }
}

test(
  "what a desk did at a real server, through cuts and restarts, replays to the same at every step",
  { timeout: 120_000 },
  async () => {
    let [entries, nested, losses] = [0, 0, 0];
    const check = async (seed: number): Promise<void> => {
      const { desk, seen, patterns, clear, masked, latest } = await recordSchedule(seed);
      const name = `DESKSTATE_SEED=${seed}`;
      for (const [recorder, all, see] of [
        [clear, [...seen, digest(desk)], digest],
        [masked, [...patterns, patternOf(desk)], patternOf],
      ] as const) {
        expect(recorder.failure).toBeUndefined();
        const replayed = replay(recorder.text);
        for (const before of all) {
          const place = `${name}, after entry ${replayed.position.seq}`;
          expect(`${place} ${see(replayed.desk)}`).toBe(`${place} ${before}`);
          await replayed.step();
        }
        expect({ name, differences: replayed.differences }).toEqual({ name, differences: [] });
        expect(replayed.isAtEnd).toBe(true);
        entries += replayed.recording.entries.length;
        nested += replayed.recording.entries.filter(
          (entry) => entry.in !== undefined && entry.type === "perform",
        ).length;
        losses += replayed.recording.entries.filter(({ type }) => type === "disconnected").length;
      }
      const replayed = replay(latest.text);
      await replayed.end();
      const [first] = replayed.recording.entries;
      if (first?.type === "checkpoint" && first.isQuiet)
        expect(`${name} ${digestOfState(replayed.desk)}`).toBe(`${name} ${digestOfState(desk)}`);
      expect(masked.text).not.toContain("agent1");
      expect(clear.text).not.toMatch(/secret-agent1|JSESSIONID|X-CSRF/i);
    };
    await Promise.all(seeds.map(check));
    if (only !== undefined) return;
    // How much happens in the time depends on the machine.
    expect(entries).toBeGreaterThan(100);
    expect(nested).toBeGreaterThan(0);
    expect(losses).toBeGreaterThan(0);
  },
);
