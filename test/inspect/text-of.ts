/** All text that can be reached from a value, keys included: of objects, maps and sets, and what the actors among them give. */
export function textOf(value: unknown, seen = new Set<unknown>()): string {
  if (typeof value === "string" || typeof value === "number") return String(value);
  if (typeof value !== "object" || value === null || seen.has(value)) return "";
  seen.add(value);
  const entries = value instanceof Map || value instanceof Set ? [...(value as Iterable<unknown>)] : [];
  const own = Reflect.ownKeys(value).flatMap((key) => {
    const found = (value as Record<PropertyKey, unknown>)[key];
    const isReading =
      typeof found === "function" && key.toString().endsWith("Snapshot") && "sessionId" in value;
    return [String(key), isReading ? (found as () => unknown)() : found];
  });
  return [...entries, ...own].map((one) => textOf(one, seen)).join("\n");
}
