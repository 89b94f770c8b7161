import { describe, type Report } from "./anomaly.ts";

/** A value of user data: flat, as the recorded messages have it. `null` is a value, not an absence. */
export type UserDataValue = string | number | boolean | null;

/**
 * The data attached to an interaction. Frozen, and without a prototype: keys are any text that customers and
 * routing strategies choose (`PegAG?: 2>1`, but also `__proto__` or `constructor`), so nothing is inherited.
 */
export type UserData = Readonly<Record<string, UserDataValue>>;

/** More keys than this in one user data are cut, with a `too-large` anomaly. */
export const mostUserDataKeys = 2000;

/** User data that holds nothing. */
export const noUserData: UserData = Object.freeze(Object.create(null) as Record<string, UserDataValue>);

/** Do both hold the same keys with the same values? */
export function isSameUserData(known: UserData, incoming: object): boolean {
  const other = incoming as Record<string, unknown>;
  let count = 0;
  for (const key in known) {
    if (other[key] !== known[key]) return false;
    count++;
  }
  return count === Object.keys(other).length;
}

/**
 * Makes user data of what the server sent: a frozen copy without a prototype. Values that are not flat are left
 * out and reported, the rest is kept.
 */
export function adoptUserData(incoming: object, report: Report): UserData {
  // Spread, unlike assigning key by key, defines an own "__proto__" instead of setting the prototype; and taking
  // the prototype away afterwards keeps the object in the engine's fast form.
  const data = { ...incoming } as Record<string, UserDataValue>;
  Object.setPrototypeOf(data, null);
  let count = 0;
  for (const key of Object.keys(data)) {
    const value: unknown = data[key];
    if (++count > mostUserDataKeys || !isUserDataValue(value)) {
      delete data[key];
      if (count > mostUserDataKeys) continue;
      report({ code: "bad-field", message: `A value of userData is ${describe(value)}; it was left out.` });
    }
  }
  if (count > mostUserDataKeys) {
    report({
      code: "too-large",
      message: `userData has ${count} keys; all after the first ${mostUserDataKeys} were cut.`,
    });
  }
  return Object.freeze(data);
}

/** Is this a value that user data can hold? */
export function isUserDataValue(value: unknown): value is UserDataValue {
  return (
    value === null ||
    typeof value === "string" ||
    typeof value === "boolean" ||
    (typeof value === "number" && Number.isFinite(value))
  );
}
