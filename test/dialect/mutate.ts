import type { Random } from "../../src/index.ts";
import type { Fields } from "../recorded/read.ts";

/** Values of every type, and values that are known to cause harm. */
const hostile: readonly string[] = [
  "null",
  "true",
  "0",
  "-1",
  "1.5",
  "1e999",
  "9007199254740993",
  '""',
  '"text"',
  '"xstate.stop"',
  '"xstate.error.actor.x"',
  '"__proto__"',
  '"constructor"',
  '"Missing"',
  '"OperationConfirmed"',
  '".."',
  '"../../admin"',
  '"1382984933000L"',
  '"\\ud800"',
  `"${"a".repeat(3000)}"`,
  "[]",
  "[null]",
  "[[]]",
  '["Accept",5,null,{}]',
  "{}",
  '{"__proto__":{"polluted":true}}',
  '{"constructor":{"prototype":{"polluted":true}}}',
  '{"id":"x","state":"Accepted"}',
  '{"length":3}',
  `${"[".repeat(300)}${"]".repeat(300)}`,
  `${'{"a":'.repeat(300)}1${"}".repeat(300)}`,
];

/** The same message with one to four of its parts changed in type, taken away, doubled or renamed. */
export function mutate(message: unknown, random: Random): unknown {
  let mutant: unknown = structuredClone(message);
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)]!;
  const changes = 1 + Math.floor(random() * 4);
  for (let change = 0; change < changes; change++) {
    const places = placesIn(mutant);
    if (places.length === 0 || random() < 0.02) {
      mutant = JSON.parse(pick(hostile));
      continue;
    }
    const { parent, key } = pick(places);
    const kind = random();
    if (kind < 0.7) set(parent, key, JSON.parse(pick(hostile)));
    else if (kind < 0.8) remove(parent, key);
    else if (kind < 0.9)
      set(parent, pick(["__proto__", "constructor", "id", "state", "channel", "x"]), get(parent, key));
    else set(parent, key, get(pick(places).parent, pick(places).key));
  }
  return mutant;
}

interface Place {
  readonly parent: Fields;
  readonly key: string;
}

/** Every field of every object and list. Not deeper than messages are: a mutant may hold itself many times over. */
function placesIn(value: unknown, depth = 0): Place[] {
  if (typeof value !== "object" || value === null || depth > 6) return [];
  const parent = value as Fields;
  return Object.keys(parent).flatMap((key) => [{ parent, key }, ...placesIn(get(parent, key), depth + 1)]);
}

function get(parent: Fields, key: string): unknown {
  return Object.getOwnPropertyDescriptor(parent, key)?.value;
}

/** As JSON.parse does it: `__proto__` becomes a key. A copy, so that no message holds itself. */
function set(parent: Fields, key: string, value: unknown): void {
  if (Array.isArray(parent) && !/^\d+$/.test(key)) return;
  const copy: unknown = value === undefined ? null : structuredClone(value);
  Object.defineProperty(parent, key, { value: copy, enumerable: true, configurable: true, writable: true });
}

function remove(parent: Fields, key: string): void {
  if (Array.isArray(parent)) parent.splice(Number(key), 1);
  else delete parent[key];
}
