export { createDesk } from "./desk/create-desk.ts";
export { noLink } from "./desk/no-link.ts";
export type { Desk, DeskChange, DeskOptions, StartOptions, VocabularyOfDesk } from "./desk/desk.ts";
export type { Anomalies } from "./desk/anomalies.ts";
export type { Channel, ChannelSnapshot } from "./desk/entities/channel.ts";
export type { Connection, ConnectionSnapshot } from "./desk/entities/connection-entity.ts";
export type {
  ActionsOf,
  AnySnapshot,
  Availability,
  Interaction,
  InteractionMethods,
  InteractionOf,
  InteractionSnapshot,
  KindName,
  OtherInteraction,
  OtherSnapshot,
  SnapshotOf,
} from "./desk/entities/interaction.ts";
export type {
  JournalEvents,
  Journal,
  JournaledOperation,
  JournalEntry,
  JournalMark,
} from "./desk/journal.ts";
export type { Link, LinkListener, Reading } from "./desk/link.ts";
export type { ObservedActor } from "./desk/inspection/observed-actor.ts";
export type { Observer, ReadableStore, Subscription } from "./desk/readable-store.ts";
export { DeskError } from "./domain/error.ts";
export type { DeskErrorCode } from "./domain/error.ts";
export type { Anomaly, AnomalyCode, AnomalyReport } from "./domain/anomaly.ts";
export type { Clock } from "./domain/clock.ts";
export type { LossReason, StopReason } from "./domain/connection.ts";
export type { ChannelFact, Fact, InteractionFact } from "./domain/fact.ts";
export type { InteractionState } from "./domain/lifecycle.ts";
export type { Confirmation, KindOperations, OperationRule, OperationRules } from "./domain/operation.ts";
export type {
  InteractionOutcome,
  OperationOutcome,
  OperationOutcomeName,
  Unavailability,
} from "./domain/outcome.ts";
export type { Random } from "./domain/random.ts";
export type { Queues, RecordPatch } from "./domain/record.ts";
export type { ServerAnswer, OperationRequest } from "./domain/request.ts";
export type { UserData, UserDataValue } from "./domain/user-data.ts";
export type { Operations, OperationsOf } from "./domain/portable-operations.ts";
export { defineKind } from "./kinds/kind.ts";
export type { Evidence, InteractionKind, KindDefinition } from "./kinds/kind.ts";
export { merged, replaced, scalar } from "./domain/record-field.ts";
export type { MergeContext, RecordField, Redaction } from "./domain/record-field.ts";
export { standardKinds } from "./kinds/standard-kinds.ts";
export type { StandardKinds } from "./kinds/standard-kinds.ts";
export type { EmailContent } from "./kinds/email/email-content.ts";
export type { Gap, Party, Transcript, TranscriptEvent } from "./kinds/chat/transcript.ts";
export type {
  ChannelOperations,
  KindVocabulary,
  ServerOperations,
  StandardOperations,
  StandardVocabulary,
  Vocabulary,
  VocabularyOf,
  WithOperations,
} from "./kinds/vocabulary.ts";
export type { ChatOperations } from "./kinds/chat/operations.ts";
export type { EmailOperations } from "./kinds/email/operations.ts";
