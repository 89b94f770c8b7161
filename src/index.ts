export { createDesk } from "./store/desk.ts";
export { noLink } from "./store/no-link.ts";
export type { Change, Desk, DeskOptions, StartOptions } from "./store/desk.ts";
export type { Anomalies } from "./store/anomaly-log.ts";
export type { Channel, ChannelSnapshot } from "./store/channel.ts";
export type { Connection, ConnectionSnapshot } from "./store/connection-cell.ts";
export type {
  ActionsOf,
  AnySnapshot,
  Availability,
  ChatInteraction,
  ChatSnapshot,
  EmailInteraction,
  EmailSnapshot,
  Interaction,
  InteractionMethods,
  InteractionSnapshot,
  OtherInteraction,
  OtherSnapshot,
} from "./store/interaction.ts";
export type { Happenings, Journal, JournaledOperation, JournalEntry, JournalMark } from "./store/journal.ts";
export type { Link, LinkSink, Reading } from "./store/link-port.ts";
export type { ObservedActor } from "./store/observed-actor.ts";
export type { Observer, Readable, Subscription } from "./store/readable.ts";
export { DeskError } from "./domain/error.ts";
export type { DeskErrorCode } from "./domain/error.ts";
export type { Anomaly, AnomalyCode, Oddity } from "./domain/anomaly.ts";
export type { Clock } from "./domain/clock.ts";
export type { LossReason, StopReason } from "./domain/connection.ts";
export type { ChannelFact, Fact, InteractionFact } from "./domain/fact.ts";
export type { InteractionState } from "./domain/lifecycle.ts";
export type { OperationRule, OperationRules } from "./domain/operation.ts";
export type {
  InteractionOutcome,
  OperationOutcome,
  OperationOutcomeName,
  Unavailability,
} from "./domain/outcome.ts";
export type { Random } from "./domain/random.ts";
export type { EmailContent, Queues } from "./domain/record.ts";
export type { Answer, OperationRequest } from "./domain/request.ts";
export type { Gap, Party, Transcript, TranscriptEvent } from "./domain/transcript.ts";
export type { UserData, UserDataValue } from "./domain/user-data.ts";
export type {
  ChannelOperations,
  ChatOperations,
  EmailOperations,
  Operations,
  ReplyParameters,
  SendEmailParameters,
  SharedOperations,
  StandardVocabulary,
  Vocabulary,
} from "./domain/vocabulary.ts";
