import { expect, test } from "vitest";
import { seededRandom } from "../../src/domain/random.ts";
import type { Simulator } from "../../src/simulator/index.ts";
import { running } from "./running.ts";
import { testAgent } from "./test-agent.ts";

async function loggedInAgain(simulator: Simulator): Promise<void> {
  await testAgent(simulator, "agent1").login();
}

/** A day in short: everything in it that chance has a part in. */
async function script(seed: number, extraReads: number): Promise<unknown> {
  const { simulator, clock, ana, ben } = await running({
    seed,
    behaviour: { shape: "seeded", order: "seeded" },
  });
  await ana.post("/me", { operationName: "Ready" });
  await ben.post("/me", { operationName: "Ready" });
  simulator.startCustomers({ meanGap: 4_000 });
  for (let step = 0; step < 10; step++) {
    clock.advance(2_000);
    for (let count = 0; count < extraReads; count++) {
      await loggedInAgain(simulator);
      await ana.get("/me/interactions?fields=*");
    }
    for (const [user, agent] of [
      ["agent1", ana],
      ["agent2", ben],
    ] as const) {
      for (const { id, state, channel } of simulator.snapshot(user).interactions) {
        if (state === "Invited") await agent.operate(id, "Accept", { nickname: user });
        else if (channel === "chat") await agent.operate(id, "SendMessage", { text: `step ${step}` });
      }
    }
  }
  return [
    simulator.snapshot("agent1"),
    simulator.snapshot("agent2"),
    await ana.catchUp(),
    await ben.catchUp(),
  ];
}

test("the same seed and script give the same ids, texts and messages in the same order", async () => {
  const first = await script(7, 0);
  expect(await script(7, 0)).toEqual(first);
});

test("logging in and reading more often changes nothing for the customers", async () => {
  expect(await script(7, 3)).toEqual(await script(7, 0));
});

test("another seed gives another story", async () => {
  expect(await script(8, 0)).not.toEqual(await script(7, 0));
});

test("random numbers are those of mulberry32, from 0 to below 1, whatever the seed", () => {
  const random = seededRandom(1);
  expect([random(), random(), random()]).toEqual([
    0.6270739405881613, 0.002735721180215478, 0.5274470399599522,
  ]);
  for (const seed of [0, -1, 2 ** 32, 1.5, NaN]) {
    const numbers = Array.from({ length: 1_000 }, seededRandom(seed));
    expect(numbers.every((number) => number >= 0 && number < 1)).toBe(true);
    expect(new Set(numbers).size).toBeGreaterThan(990);
  }
});
