import type { UserDataValue } from "deskstate";

/** A value of user data as it is shown and edited. */
export function textOfValue(value: UserDataValue): string {
  return value === null ? "" : String(value);
}

/** What was typed, as a value: a number stays a number and a boolean a boolean where the text allows it. */
export function valueOfText(text: string, before: UserDataValue): UserDataValue {
  if (typeof before === "number" && text.trim() !== "" && Number.isFinite(Number(text))) return Number(text);
  if (typeof before === "boolean" && (text === "true" || text === "false")) return text === "true";
  if (before === null && text === "") return null;
  return text;
}
