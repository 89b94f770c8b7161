import fc from "fast-check";
import { expect, test } from "vitest";
import type { AnySnapshot, Desk, DeskChange, Interaction } from "deskstate";
import { email, handDesk, type HandDesk } from "./hand-desk.ts";

/*
 * Listeners that act on the desk, subscribe, unsubscribe and stop the desk while they are notified. Each must receive
 * values in their order, end with the newest, and not be called after it unsubscribed.
 */

type Deed = "nothing" | "perform" | "subscribe" | "unsubscribe" | "dismiss" | "edit" | "stop" | "throw";

const deeds = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.constant<Deed>("nothing") },
    fc.constantFrom<Deed>("perform", "subscribe", "unsubscribe", "dismiss", "edit", "throw"),
    { weight: 1, arbitrary: fc.constantFrom<Deed>("nothing", "stop") },
  ),
  { minLength: 1, maxLength: 6 },
);

const steps = fc.array(
  fc.record({
    id: fc.constantFrom("a", "b"),
    state: fc.constantFrom("Invited", "Accepted", "PropertiesChanged", "PropertiesChanged", "Revoked"),
    together: fc.boolean(),
  }),
  { minLength: 3, maxLength: 12 },
);

const ids = ["a", "b"] as const;

class Listeners {
  readonly failures: string[] = [];
  readonly #hand: HandDesk;
  readonly #ends: (() => void)[] = [];
  readonly #lasts: (() => void)[] = [];
  #plan: readonly Deed[];
  #turn = 0;

  constructor(hand: HandDesk, plan: readonly Deed[]) {
    this.#hand = hand;
    this.#plan = plan;
    // Several to each, so that one may end the subscription of the next.
    for (let count = 0; count < 3; count++) {
      for (const id of ids) this.toId(id);
      for (const list of ["interactions", "invitations", "ended"] as const) this.toList(list);
    }
  }

  toId(id: string): void {
    const store = this.#hand.desk.watch(id);
    this.#follow(store, (snapshot: AnySnapshot | undefined) => Number(snapshot?.userData["n"] ?? Infinity));
  }

  toList(name: "interactions" | "invitations" | "ended"): void {
    this.#follow(this.#hand.desk[name], () => 0);
  }

  /** Checks what can be checked only when all is quiet. */
  finish(): void {
    for (const check of this.#lasts) check();
  }

  #follow<Value>(
    store: { getSnapshot(): Value; subscribe(listener: (value: Value) => void): () => void },
    orderOf: (value: Value) => number,
  ): void {
    if (this.#lasts.length > 200) return;
    let last: Value = store.getSnapshot();
    let isSubscribed = true;
    const end = store.subscribe((value) => {
      if (!isSubscribed) this.failures.push("called after it unsubscribed");
      if (value === last) this.failures.push("called with a value that it knew");
      if (orderOf(value) < orderOf(last) && orderOf(last) !== Infinity)
        this.failures.push("called with an older value");
      last = value;
      this.#act(store);
    });
    this.#ends.push(() => {
      isSubscribed = false;
      end();
    });
    this.#lasts.push(() => {
      if (isSubscribed && last !== store.getSnapshot())
        this.failures.push("did not end with the newest value");
    });
  }

  #act(store: object): void {
    const { desk } = this.#hand;
    const deed = this.#plan[this.#turn++ % this.#plan.length]!;
    const [first] = desk.interactions.getSnapshot();
    switch (deed) {
      case "nothing":
        return;
      case "perform":
        return performFirst(first);
      case "subscribe":
        return this.toId(ids[this.#turn % 2]!);
      case "unsubscribe":
        return this.#ends[(this.#turn * 7) % this.#ends.length]!();
      case "dismiss":
        return void desk.ended.getSnapshot()[0]?.dismiss();
      case "edit":
        return void first?.editUserData((draft) => void (draft["Note"] = `${this.#turn}`));
      case "stop":
        return void (this.#turn > 8 && desk.stop());
      case "throw":
        throw new Error(`A listener to ${typeof store} failed.`);
    }
  }
}

/** Performs something, and checks that a second call is refused immediately. */
function performFirst(interaction: Interaction | undefined): void {
  if (interaction === undefined || interaction.kind === "other") return;
  const { Accept, StopProcessing } = interaction.actions;
  void (Accept ?? StopProcessing)?.();
  if (Accept !== undefined) expect(interaction.pending).toContain("Accept");
  if (Accept !== undefined) expect(interaction.can("Accept").allowed).toBe(false);
}

test("each listener receives values in their order, ends with the newest, and none after it unsubscribed", async () => {
  await fc.assert(
    fc.asyncProperty(steps, deeds, async (messages, plan) => {
      const hand = await handDesk();
      const changes = countChanges(hand.desk);
      const listeners = new Listeners(hand, plan);
      let n = 0;
      const waiting: object[] = [];
      for (const { id, state, together } of messages) {
        waiting.push(email(id, state, { userData: { n: ++n } }));
        if (together) continue;
        hand.notify(...waiting.splice(0));
        await hand.settle();
      }
      hand.notify(...waiting);
      await hand.settle();
      hand.clock.advance(0);
      listeners.finish();
      expect(listeners.failures).toEqual([]);
      expect(changes.isInOrder()).toBe(true);
    }),
    { numRuns: 300 },
  );
});

/** Follows `desk.changes`: one change at a time, none while another is being handled. */
function countChanges(desk: Desk) {
  let isHandling = false;
  let isInOrder = true;
  desk.changes.subscribe((_change: DeskChange) => {
    if (isHandling) isInOrder = false;
    isHandling = true;
    void desk.interactions.getSnapshot()[0]?.can("Accept" as never);
    isHandling = false;
  });
  return { isInOrder: () => isInOrder };
}

test("desk.changes skips no change that readables may skip", async () => {
  const { desk, sink } = await handDesk();
  const seen: string[] = [];
  desk.changes.subscribe(
    (change) => void (change.about === "interaction" && seen.push(change.interaction.id)),
  );
  const snapshots: unknown[] = [];
  desk.watch("e").subscribe((snapshot) => void snapshots.push(snapshot?.userData["n"]));
  const fact = (n: number) =>
    ({
      about: "interaction",
      id: "e",
      channel: "email",
      change: n === 1 ? "Invited" : "PropertiesChanged",
      state: undefined,
      capabilities: undefined,
      known: { userData: { n } },
    }) as const;
  sink().onFacts([fact(1), fact(2), fact(3)]);
  expect(seen).toEqual(["e", "e", "e"]);
  expect(snapshots).toEqual([3]);
});

test("a call that a listener makes changes snapshots immediately; its request waits for the end of the round", async () => {
  const { desk, notify, asked } = await handDesk();
  const seen: unknown[] = [];
  desk.invitations.subscribe(([first]) => {
    if (first === undefined || first.kind === "other") return;
    const before = asked.length;
    void first.actions.Accept?.();
    seen.push(first.pending, first.can("Accept"), asked.length - before);
  });
  desk.invitations.subscribe(([first]) => void seen.push(first?.pending));
  notify(email("e", "Invited"));
  expect(seen).toEqual([["Accept"], { allowed: false, reason: "pending" }, 0, ["Accept"]]);
  expect(asked).toHaveLength(1);
});
