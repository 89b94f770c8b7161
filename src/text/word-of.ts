import type { DeskText } from "./desk-text.ts";

type Tables = {
  [Name in keyof DeskText]: DeskText[Name] extends Readonly<Record<infer _Key, string>> ? Name : never;
}[keyof DeskText];

/** Returns a function that looks a word up, by default in the given table. */
export function wordOf<Name extends Tables>(name: Name, english: DeskText[Name]) {
  const words = { [name]: english } as Pick<DeskText, Name>;
  return (key: keyof DeskText[Name], text: Pick<DeskText, Name> = words): string =>
    (text[name] as Readonly<Record<PropertyKey, string>>)[key]!;
}
