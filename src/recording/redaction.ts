import { fields, type Field } from "./fields.ts";
import { createMask, type Mask } from "./pseudonym.ts";

/** Gives copies in which nothing is left that a person wrote or is called. */
export interface Redactor {
  /** Of what a server sent: names of fields that are not the protocol's are replaced too. */
  readonly part: <Value>(value: Value) => Value;
  /** Of the parameters of an operation, whose names are the library's. */
  readonly parameters: (parameters: Readonly<Record<string, unknown>>) => Record<string, unknown>;
  readonly text: (text: string) => string;
}

/** What lies deeper is left out: no message has such depth, and whoever walks through it would run out of stack. */
const deepest = 200;

/** Makes the redactor of one recording. Equal values become equal stand-ins. */
export function redactWith(secret: string | undefined): Redactor {
  const mask = createMask(secret);
  return {
    part: <Value>(value: Value) => redact(value, "part", mask, 0) as Value,
    parameters: (parameters) =>
      Object.fromEntries(
        Object.entries(parameters).map(([name, value]) => [
          name,
          redact(value, fields.get(name) ?? "nothing", mask, 0),
        ]),
      ),
    text: mask,
  };
}

/** Replaces nothing. */
export const inClear: Redactor = {
  part: <Value>(value: Value) => cut(value, 0) as Value,
  parameters: (parameters) => ({ ...parameters }),
  text: (text) => text,
};

function redact(value: unknown, field: Field, mask: Mask, depth: number): unknown {
  switch (typeof value) {
    case "string":
      return redactText(value, field, mask);
    case "number":
      return field === "number" || field === "id" ? value : Number(mask(String(value)));
    case "object":
      if (value === null) return null;
      if (depth >= deepest) return null;
      if (Array.isArray(value)) return value.map((element) => redact(element, field, mask, depth + 1));
      return redactObject(value, field, mask, depth);
    case "boolean":
      return value;
    default:
      return undefined;
  }
}

function redactObject(value: object, field: Field, mask: Mask, depth: number): object {
  return Object.fromEntries(
    Object.entries(value).map(([name, told]) => {
      const known = field === "part" ? fields.get(name) : undefined;
      return [known === undefined ? mask(name) : name, redact(told, known ?? "nothing", mask, depth + 1)];
    }),
  );
}

function redactText(value: string, field: Field, mask: Mask): string {
  switch (field) {
    case "word":
      return isWord(value) ? value : mask(value);
    case "topic":
      return isWord(value) || /^\/[\w/]{1,100}$/.test(value) ? value : mask(value);
    case "id":
      return redactId(value, mask);
    case "number":
      return /^\d{1,9}$/.test(value) || isWord(value) ? value : mask(value);
    case "addresses":
      return value.replaceAll(/[^,;]+/g, (part) => part.replace(/\S(.*\S)?/s, mask));
    case "addressOf":
      return `/${redactId(value.slice(value.lastIndexOf("/") + 1), mask)}`;
    default:
      return mask(value);
  }
}

/** What the protocol's words look like; whoever is called by such a word does not stand in these fields. */
function isWord(value: string): boolean {
  return /^[A-Za-z]\w{0,49}$/.test(value);
}

/** An id that is none, because it cannot be part of an address, must not become one. */
function redactId(value: string, mask: Mask): string {
  if (/^[\w.:~-]{0,128}$/.test(value)) return value;
  return isSafe(value) ? mask(value) : `/${mask(value)}`;
}

function isSafe(id: string): boolean {
  return id.length <= 256 && !/[\p{Cc}/\\]/u.test(id) && !/\p{Surrogate}/u.test(id);
}

function cut(value: unknown, depth: number): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (depth >= deepest) return null;
  if (Array.isArray(value)) return value.map((element) => cut(element, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([name, told]) => [name, cut(told, depth + 1)]));
}
