/**
 * What the value of a field may be that stays as it is.
 *
 * - `word`: one of the protocol's own words, such as a state.
 * - `topic`: such a word, or the name of a topic.
 * - `id`: what names an interaction or an event.
 * - `number`: a number, or one written as text.
 * - `part`: an object or a list whose fields are looked up here.
 * - `addresses`: nothing; but a list in one text keeps its commas, as each address has a stand-in of its own.
 * - `addressOf`: the last segment of an address, which is an id.
 * - `nothing`: nothing, and of objects not even the names.
 */
export type Field = "word" | "topic" | "id" | "number" | "part" | "addresses" | "addressOf" | "nothing";

const names: Readonly<Record<Field, string>> = {
  word:
    "messageType messageTypeName notificationType state serverState change type interactionType subType " +
    "interactionSubType direction capabilities visibility noticeType userType dndState doNotDisturb workMode about",
  topic: "channel",
  id: "id interactionId parentId parentInteractionId threadId ids",
  number: "latestEventId statusCode status errorCode startDate referenceId timestamp timestampSeconds",
  part: "data interaction interactions content email_object email events channels channelStates userState user known",
  addresses: "fromAddress toAddress to cc bcc from",
  addressOf: "uris",
  // Listed so that their names stay: the dialect looks for them.
  nothing:
    "userData inQueues outQueues currentQueue text subject nickName nickname userId sessionId displayName reason " +
    "reasonCode errorMessage statusMessage errorDescription phoneNumber queueName targetUri userUri workbinId keys raw",
};

/** The fields whose names stay; any other name is replaced like its value, because customers may have chosen it. */
export const fields: ReadonlyMap<string, Field> = new Map(
  Object.entries(names).flatMap(([field, list]) =>
    list.split(" ").map((name): [string, Field] => [name, field as Field]),
  ),
);
