import { reportInvalidField, type Report } from "./anomaly.ts";

/** A value of user data: flat, as the recorded messages have it. `null` is a value, not an absence. */
export type UserDataValue = string | number | boolean | null;

/**
 * The data attached to an interaction. Frozen, and without a prototype: keys are any text that customers and
 * routing strategies choose (`PegAG?: 2>1`, but also `__proto__` or `constructor`), so nothing is inherited.
 */
export type UserData = Readonly<Record<string, UserDataValue>>;

/** More keys than this in one user data are cut, with a `too-large` anomaly. */
export const maxUserDataKeys = 2000;

/** Returns the user data without the values that are not flat; those are reported. */
export function flatUserData(incoming: object, report: Report): UserData {
  const entries: [string, unknown][] = Object.entries(incoming);
  const isTooLarge = entries.length > maxUserDataKeys;
  if (!isTooLarge && entries.every(([, value]) => isUserDataValue(value))) return incoming as UserData;
  if (isTooLarge) {
    report({
      code: "too-large",
      message: `userData has more than ${maxUserDataKeys} keys; the rest was cut.`,
    });
  }
  const flat = Object.create(null) as Record<string, UserDataValue>;
  for (const [name, value] of entries.slice(0, maxUserDataKeys)) {
    if (isUserDataValue(value)) flat[name] = value;
    else reportInvalidField("A value of userData", value, report);
  }
  return flat;
}

/** Whether user data can hold this value. */
export function isUserDataValue(value: unknown): value is UserDataValue {
  return value === null || ["string", "boolean"].includes(typeof value) || Number.isFinite(value);
}
