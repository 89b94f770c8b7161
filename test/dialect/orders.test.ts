import { expect, test } from "vitest";
import { recordedBatch, recordedNames } from "../recorded/read.ts";
import { documentAfter } from "./recorded-desk.ts";

function* orders<Item>(items: readonly Item[]): Generator<Item[]> {
  if (items.length === 0) yield [];
  for (const [index, item] of items.entries()) {
    for (const rest of orders(items.toSpliced(index, 1))) yield [item, ...rest];
  }
}

const batches = recordedNames.map(recordedBatch);

test("the recorded messages lead to four interactions", () => {
  const seen = documentAfter(batches) as {
    id: string;
    channel: string;
    state: string;
    outcome: string | null;
  }[];
  expect(seen.map(({ id, channel, state, outcome }) => [id, channel, state, outcome])).toEqual([
    ["00002a94345B0MXX", "chat", "Accepted", null],
    ["0000Ja8V814907JM", "email", "Revoked", "Revoked"],
    ["0000Ja8V814907KS", "chat", "Revoked", "Revoked"],
    ["0000Ka8WP8G94H9A", "email", "Accepted", null],
  ]);
});

test("the order in which the recorded messages arrive does not matter, nor that each arrives twice", () => {
  const expected = JSON.stringify(documentAfter(batches));
  let count = 0;
  for (const order of orders(batches)) {
    count++;
    expect(JSON.stringify(documentAfter(order.flatMap((batch) => [batch, batch])))).toBe(expected);
  }
  expect(count).toBe(5040);
}, 60_000);

test("the recorded messages may be repeated from the start, in any turn", () => {
  const expected = documentAfter(batches);
  for (let turn = 0; turn < batches.length; turn++) {
    const turned = [...batches.slice(turn), ...batches.slice(0, turn)];
    expect(documentAfter([...batches, ...turned, ...turned])).toEqual(expected);
  }
});

test("all recorded messages may arrive in one batch", () => {
  expect(documentAfter([batches.flat()])).toEqual(documentAfter(batches));
});
