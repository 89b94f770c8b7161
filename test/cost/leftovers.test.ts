import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test, vi } from "vitest";
import { chat } from "../desk/hand-desk.ts";
import { beginning, crowd, type Crowd } from "./crowd.ts";

/** Ids of dismissed interactions that a desk remembers, so that a late message does not bring them back. */
const maxForgotten = 256;

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

/** Lets chats live, end and be dismissed. */
function passThrough({ notify, desk }: Crowd, ids: readonly string[]): void {
  for (const id of ids) {
    notify(...beginning(id), chat(id, "Completed"));
    desk.interaction(id)?.dismiss();
  }
}

const names = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${prefix}${index}`);

test("interactions that ended and were dismissed leave no entry, beyond the ids that are remembered", async () => {
  // Every map and set that an interaction or its id is put into.
  const held = new Set<Map<unknown, unknown> | Set<unknown>>();
  const { add } = Set.prototype;
  const { set } = Map.prototype;
  const hold = (collection: Map<unknown, unknown> | Set<unknown>, entry: unknown) => {
    const id = typeof entry === "object" && entry !== null && "id" in entry ? entry.id : entry;
    if (typeof id === "string" && /^(warm|first|second)\d/.test(id)) add.call(held, collection);
  };
  vi.spyOn(Map.prototype, "set").mockImplementation(function (this: Map<unknown, unknown>, key, value) {
    hold(this, key);
    hold(this, value);
    return set.call(this, key, value);
  });
  vi.spyOn(Set.prototype, "add").mockImplementation(function (this: Set<unknown>, value) {
    hold(this, value);
    return add.call(this, value) as Set<unknown>;
  });
  const entries = () => [...held].reduce((sum, collection) => sum + collection.size, 0);
  const desk = await crowd(5);
  passThrough(desk, names("warm", 5));
  const before = entries();
  passThrough(desk, names("first", maxForgotten));
  const filled = entries();
  expect(filled - before).toBe(maxForgotten - 5);
  passThrough(desk, names("second", 1000));
  expect(entries()).toBe(filled);
  expect(held.size).toBeGreaterThan(3);
  vi.restoreAllMocks();
});

test("an interaction that ended and was dismissed is given back to the memory, watched or looked at as it was", async () => {
  const desk = await crowd(1);
  const gone: WeakRef<object>[] = [];
  const live = () => {
    for (const id of names("gone", 50)) {
      desk.notify(...beginning(id));
      const interaction = desk.chat(id);
      interaction.subscribe(() => {});
      void interaction.actor;
      desk.notify(desk.update(id, 4), chat(id, "Completed"));
      gone.push(
        ...[interaction, interaction.getSnapshot(), interaction.transcript].map((part) => new WeakRef(part)),
      );
      interaction.dismiss();
    }
  };
  live();
  // A reference that was just looked at holds until the turn ends.
  await new Promise((resolve) => setTimeout(resolve, 0));
  collect();
  expect(gone.filter((reference) => reference.deref() !== undefined)).toEqual([]);
  expect(desk.desk.interactions.getSnapshot()).toHaveLength(1);
});

test("ended interactions that are not dismissed are kept up to the bound, and no longer", async () => {
  const desk = await crowd(0, { keepEnded: 20 });
  for (const id of names("ended", 100)) desk.notify(...beginning(id), chat(id, "Completed"));
  expect(desk.desk.ended.getSnapshot().map(({ id }) => id)).toEqual(names("ended", 100).slice(-20));
  expect(desk.desk.interaction("ended79")).toBeUndefined();
});
