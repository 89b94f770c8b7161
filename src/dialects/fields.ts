import { isObject, reportInvalidField, type Report } from "../domain/anomaly.ts";

/** An object of a message, with unchecked fields. */
export type Source = Readonly<Record<string, unknown>>;

/** Whether this is an object with named fields. */
export function isSource(value: unknown): value is Source {
  return isObject(value) && !Array.isArray(value);
}

// Each receives the value, and its name for reports: engines read a field fastest by a literal name.

/** A text field; absent and `null` are absent, another type is reported and absent. */
export function text(value: unknown, name: string, report: Report): string | undefined {
  return isText(value) ? value : invalid(value, name, report);
}

/** A whole number field from 0 up. */
export function count(value: unknown, name: string, report: Report): number | undefined {
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return value;
  return invalid(value, name, report);
}

/** A date: milliseconds since the epoch within what a Date can hold. Text is not parsed: samples garble it. */
export function date(value: unknown, name: string, report: Report): number | undefined {
  if (typeof value === "number" && Math.abs(value) <= 8.64e15) return value;
  return invalid(value, name, report);
}

/** An object field. */
export function object(value: unknown, name: string, report: Report): Source | undefined {
  return isSource(value) ? value : invalid(value, name, report);
}

/** A list field. */
export function list(value: unknown, name: string, report: Report): readonly unknown[] | undefined {
  return Array.isArray(value) ? value : invalid(value, name, report);
}

/** A list of texts; elements of another type are reported and left out. */
export function texts(value: unknown, name: string, report: Report): readonly string[] | undefined {
  const values = list(value, name, report);
  if (values === undefined || values.every(isText)) return values;
  return values.filter((entry): entry is string => {
    if (!isText(entry)) reportInvalidField(`An element of "${name}"`, entry, report);
    return isText(entry);
  });
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function invalid(value: unknown, name: string, report: Report): undefined {
  if (value !== undefined && value !== null) reportInvalidField(`"${name}"`, value, report);
}
