import { redact, type Redactable } from "../domain/record-field.ts";
import type { AnySnapshot } from "../index.ts";

/** The fields of a snapshot that are not of the record: those of the chart, and the methods. */
const besideRecord: ReadonlySet<string> = new Set([
  "id",
  "kind",
  "state",
  "isEnded",
  "outcome",
  "capabilities",
  "pending",
  "actions",
  "can",
  "editUserData",
  "dismiss",
] satisfies (keyof AnySnapshot)[]);

/** A redactor that hides nothing: customers' names, addresses, texts and user data leave the desk as they are. */
export function includeCustomerData(snapshot: object): object {
  return Object.fromEntries(Object.entries(snapshot).filter(([name]) => !besideRecord.has(name)));
}

/**
 * A redactor that shows which data is there, not its content: fields, keys, the ids of transcript events and the lengths of
 * texts stay; each character of a text becomes `•`, each number 0, each boolean `false`. Keys of user data are shown
 * as they are.
 */
export function maskText(snapshot: object): object {
  return masked(includeCustomerData(snapshot)) as object;
}

function masked(value: unknown): unknown {
  if (typeof value === "string") return value.replaceAll(/\S/g, "•");
  if (typeof value === "number") return 0;
  if (typeof value === "boolean") return false;
  if (typeof value !== "object" || value === null) return value;
  if (isRedactable(value)) return value[redact](masked);
  if (Array.isArray(value)) return value.map(masked);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, masked(inner)]));
}

function isRedactable(value: object): value is Redactable {
  return redact in value;
}
