/** The whole table in English; the base of a table that replaces only some words. */
export * as english from "./english.ts";
export type { ChannelState, ConnectionState, DeskText, StandardOperation } from "./desk-text.ts";
export { interactionTitle, transcriptEventText } from "./interaction-text.ts";
export type { NamedParties, TitledEmail, TitleParts } from "./interaction-text.ts";
export {
  humanize,
  interactionOutcomeText,
  operationText,
  outcomeText,
  unavailabilityText,
} from "./outcome-text.ts";
export { sanitizeLine } from "./sanitize-line.ts";
export {
  anomalyCodeText,
  channelText,
  connectionDetail,
  connectionStateText,
  connectionText,
  errorCodeText,
  interactionStateText,
  lossReasonText,
  stopReasonText,
} from "./state-text.ts";
export type { ConnectionParts } from "./state-text.ts";
export { connectionTone, outcomeTone } from "./tone.ts";
export type { Tone } from "./tone.ts";
