import { seededRandom, type Random } from "../../src/domain/random.ts";

/** A fault, and its number of milliseconds or bytes. */
export type FaultName =
  | "reset all"
  | "refuse"
  | "cut"
  | "swallow replies"
  | "delay replies"
  | "blackhole"
  | "expire session"
  | "expire comet"
  | "change csrf"
  | "restart"
  | "forget everything"
  | "lose answers"
  | "lose requests"
  | "busy"
  | "login page";

/** A deed of a customer, the agent or a supervisor. */
export type DeedName =
  | "email arrives"
  | "chat arrives"
  | "customer writes"
  | "customer types"
  | "customer leaves"
  | "accept"
  | "reject"
  | "write"
  | "type"
  | "reply"
  | "send email"
  | "cancel email"
  | "edit user data"
  | "finish"
  | "change readiness"
  | "revoke"
  | "offer again";

/** One step of a schedule. */
export type Step =
  | { readonly after: number; readonly deed: DeedName }
  | { readonly after: number; readonly fault: FaultName; readonly amount: number }
  | { readonly check: true };

const deeds: readonly (readonly [DeedName, number])[] = [
  ["email arrives", 2],
  ["chat arrives", 3],
  ["customer writes", 6],
  ["customer types", 2],
  ["customer leaves", 1],
  ["accept", 8],
  ["reject", 1],
  ["write", 8],
  ["type", 2],
  ["reply", 3],
  ["send email", 3],
  ["cancel email", 1],
  ["edit user data", 2],
  ["finish", 3],
  ["change readiness", 2],
  ["revoke", 1],
  ["offer again", 1],
];

const faults: readonly (readonly [FaultName, number])[] = [
  ["reset all", 3],
  ["refuse", 3],
  ["cut", 4],
  ["swallow replies", 3],
  ["delay replies", 2],
  ["blackhole", 3],
  ["expire session", 2],
  ["expire comet", 2],
  ["change csrf", 1],
  ["restart", 2],
  ["forget everything", 1],
  ["lose answers", 2],
  ["lose requests", 1],
  ["busy", 2],
  ["login page", 2],
];

/** The schedule of a seed: traffic, three to seven faults, a look at the state half-way and one at the end. */
export function scheduleOf(seed: number): readonly Step[] {
  const random = seededRandom(seed);
  const opening: readonly DeedName[] = [
    "chat arrives",
    "accept",
    "chat arrives",
    "accept",
    "email arrives",
    "accept",
  ];
  const steps: Step[] = opening.map((deed) => ({ after: 15, deed }));
  const count = 50;
  const faultsAt = new Set(
    Array.from({ length: 3 + Math.floor(random() * 5) }, () => Math.floor(random() * count)),
  );
  for (let index = 0; index < count; index++) {
    if (index === count / 2) steps.push({ check: true });
    const after = Math.floor(random() * 50);
    steps.push({ after, deed: pick(random, deeds) });
    if (faultsAt.has(index)) {
      const fault = pick(random, faults);
      const amount = fault === "cut" ? 1 + Math.floor(random() * 3000) : 20 + Math.floor(random() * 400);
      steps.push({ after, fault, amount });
    }
  }
  return [...steps, { check: true }];
}

function pick<Name>(random: Random, choices: readonly (readonly [Name, number])[]): Name {
  let left = random() * choices.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [name, weight] of choices) if ((left -= weight) < 0) return name;
  return choices[0]![0];
}
