import { createPseudonyms, type Pseudonyms } from "./pseudonym.ts";
import type { Redactor } from "./schema.ts";
import { serverFields, type FieldRedaction, type FieldRedactions } from "./server-fields.ts";

/** The maximum depth; deeper parts are left out. No message is deeper, and walking one would exhaust the stack. */
const maxDepth = 200;

/**
 * Makes the redactor of one recording. Equal values get equal pseudonyms.
 *
 * @param more - fields besides those of the table, such as those of a kind that the library does not bring.
 */
export function redactWith(secret: string | undefined, more: FieldRedactions = {}): Redactor {
  const pseudonymOf = createPseudonyms(secret);
  const fields = new Map(Object.entries({ ...serverFields, ...more }));
  const redact = (value: unknown, redaction: FieldRedaction, depth: number): unknown => {
    switch (typeof value) {
      case "string":
        return redactText(value, redaction, pseudonymOf);
      case "number":
        return redaction === "number" || redaction === "id" ? value : Number(pseudonymOf(String(value)));
      case "boolean":
        return value;
      case "object":
        if (value === null || depth >= maxDepth) return null;
        if (Array.isArray(value)) return value.map((element) => redact(element, redaction, depth + 1));
        return redactObject(value, redaction, depth);
      default:
        return undefined;
    }
  };
  const redactObject = (value: object, redaction: FieldRedaction, depth: number): object =>
    Object.fromEntries(
      Object.entries(value).map(([name, field]) => {
        const known = redaction === "part" || redaction === "parameters" ? fields.get(name) : undefined;
        const stays = known !== undefined || redaction === "parameters";
        return [stays ? name : pseudonymOf(name), redact(field, known ?? "nothing", depth + 1)];
      }),
    );
  return { copy: <Value>(value: Value, redaction: FieldRedaction) => redact(value, redaction, 0) as Value };
}

/** Replaces nothing. */
export const inClear: Redactor = {
  copy: <Value>(value: Value) => cut(value, 0) as Value,
};

/** The texts that stay: those that look like words of the protocol. A name that does is not expected in such a field. */
const patterns: Readonly<Partial<Record<FieldRedaction, RegExp>>> = {
  word: /^[A-Za-z]\w{0,49}$/,
  topic: /^([A-Za-z]\w{0,49}|\/[\w/]{1,100})$/,
  number: /^([A-Za-z]\w{0,49}|\d{1,9})$/,
};

function redactText(value: string, redaction: FieldRedaction, pseudonymOf: Pseudonyms): string {
  if (patterns[redaction]?.test(value) === true) return value;
  switch (redaction) {
    case "id":
      return redactId(value, pseudonymOf);
    case "addresses":
      return value.replaceAll(/[^,;]+/g, (part) => part.replace(/\S(.*\S)?/s, pseudonymOf));
    case "addressOf":
      return `/${redactId(value.slice(value.lastIndexOf("/") + 1), pseudonymOf)}`;
    default:
      return pseudonymOf(value);
  }
}

/** An id that cannot be part of an address must not become one that can. */
function redactId(value: string, pseudonymOf: Pseudonyms): string {
  if (/^[\w.:~-]{0,128}$/.test(value)) return value;
  return isSafe(value) ? pseudonymOf(value) : `/${pseudonymOf(value)}`;
}

function isSafe(id: string): boolean {
  return id.length <= 256 && !/[\p{Cc}/\\]/u.test(id) && !/\p{Surrogate}/u.test(id);
}

function cut(value: unknown, depth: number): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (depth >= maxDepth) return null;
  if (Array.isArray(value)) return value.map((element) => cut(element, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, cut(field, depth + 1)]));
}
