import type { RecordFields } from "../domain/record-field.ts";

/**
 * The part of a value that stays in a redacted recording. Everything else is replaced by a pseudonym.
 *
 * - `word`: one of the protocol's own words, such as a state.
 * - `topic`: such a word, or the name of a topic.
 * - `id`: what names an interaction or an event.
 * - `number`: a number, or one written as text.
 * - `part`: an object or a list, field by field as this table requires.
 * - `parameters`: the same of an operation's parameters, whose names all stay.
 * - `addresses`: nothing; but a list in one text keeps its commas, because each address has a pseudonym of its own.
 * - `addressOf`: the last segment of an address, which is an id.
 * - `nothing`: nothing, and of objects not even the names.
 */
export type FieldRedaction =
  "word" | "topic" | "id" | "number" | "part" | "parameters" | "addresses" | "addressOf" | "nothing";

/** The redactions of the fields of messages and records, by name. */
export type FieldRedactions = Readonly<Record<string, FieldRedaction>>;

const names: Readonly<Partial<Record<FieldRedaction, string>>> = {
  word:
    "messageType messageTypeName notificationType state serverState change type interactionType subType " +
    "interactionSubType direction capabilities visibility noticeType userType dndState doNotDisturb workMode about",
  topic: "channel",
  id: "id interactionId parentId parentInteractionId threadId ids",
  number: "latestEventId statusCode status errorCode startDate referenceId timestamp timestampSeconds",
  part: "data interaction interactions transcript content email_object email events channels channelStates userState user known",
  addresses: "fromAddress toAddress to cc bcc from",
  addressOf: "uris",
  // Listed so that their names stay: the dialect looks for them.
  nothing:
    "userData inQueues outQueues currentQueue text subject nickName nickname userId sessionId displayName reason " +
    "reasonCode errorMessage statusMessage errorDescription phoneNumber queueName targetUri userUri workbinId keys raw",
};

/** The fields whose names stay; any other name is replaced like its value, because customers may have chosen it. */
export const serverFields: FieldRedactions = Object.freeze(
  Object.fromEntries(
    Object.entries(names).flatMap(([redaction, list]) =>
      list.split(" ").map((name) => [name, redaction as FieldRedaction]),
    ),
  ),
);

/** Returns the redactions of the fields that the kinds of a desk add to its records, where the table above has none. */
export function redactionsOf(recordFields: RecordFields): FieldRedactions {
  const added = Object.entries(recordFields).filter(([name]) => !Object.hasOwn(serverFields, name));
  return Object.fromEntries(
    added.map(([name, { redaction }]) => [name, redaction === "customer" ? "nothing" : redaction]),
  );
}
