import { isDeepStrictEqual } from "node:util";
import type { Picture } from "./picture.ts";

/** Where two pictures differ, one line each; empty when they are equal. */
export function differences(shown: Picture, truth: Picture): string[] {
  const parts = ({ channels, interactions }: Picture): Map<string, unknown> =>
    new Map<string, unknown>([
      ...Object.entries(channels),
      ...interactions.map((interaction): [string, unknown] => [
        (interaction as { id: string }).id,
        interaction,
      ]),
    ]);
  const [one, other] = [parts(shown), parts(truth)];
  return [...new Set([...one.keys(), ...other.keys()])].flatMap((part) => {
    const [seen, real] = [one.get(part), other.get(part)];
    if (isDeepStrictEqual(seen, real)) return [];
    if (typeof seen !== "object" || typeof real !== "object")
      return [`${part}: ${short(seen)} is ${short(real)}`];
    const fields = Object.entries(real as object).filter(
      ([field, value]) => !isDeepStrictEqual(value, (seen as Record<string, unknown>)[field]),
    );
    return fields.map(
      ([field, value]) =>
        `${part}.${field}: ${short((seen as Record<string, unknown>)[field])} is ${short(value)}`,
    );
  });
}

function short(value: unknown): string {
  return value === undefined ? "nothing" : JSON.stringify(value).slice(0, 1500);
}
