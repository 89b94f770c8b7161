import type { chatMachine } from "../../../machines/chat.machine.ts";
import type { emailMachine } from "../../../machines/email.machine.ts";
import type { InteractionState } from "../../domain/lifecycle.ts";
import type { InteractionOutcome, OperationOutcome, Unavailability } from "../../domain/outcome.ts";
import type { EmailContent, Queues } from "../../domain/record.ts";
import type { Transcript } from "../../domain/transcript.ts";
import type { UserData } from "../../domain/user-data.ts";
import type { Operations, StandardVocabulary, Vocabulary } from "../../domain/vocabulary.ts";
import type { ObservedActor } from "../inspection/observed-actor.ts";
import type { Observer, Subscription } from "../readable-store.ts";

/**
 * What can be performed now: a key is there exactly when its operation is granted by the server, known for the
 * channel, not under way, and the connection is Live. The same function each time the operation is there.
 */
export type ActionsOf<Known extends Operations> = {
  readonly [Operation in keyof Known]?: (...parameters: Known[Operation]) => Promise<OperationOutcome>;
};

/** Whether an operation can be performed now, and if not, why. */
export type Availability =
  { readonly allowed: true } | { readonly allowed: false; readonly reason: Unavailability };

/** What is known of any interaction. */
export interface InteractionSnapshot {
  readonly id: string;
  /** The channel in the server's own spelling. */
  readonly serverChannel: string;
  readonly state: InteractionState;
  /** The last state in the server's own spelling; differs from `state` when the server's word is not known. */
  readonly serverState: string | undefined;
  readonly isEnded: boolean;
  /** How it ended; `null` while it lives, and until the answer to an operation that may have ended it is there. */
  readonly outcome: InteractionOutcome | null;
  /** What the server allows now, in its own words, also those that this library has no action for. */
  readonly capabilities: readonly string[];
  /** The operations under way. */
  readonly pending: readonly string[];
  readonly userData: UserData;
  /** `Inbound` in the recorded messages. */
  readonly direction: string | undefined;
  /** `InboundNew` in the recorded messages. */
  readonly subType: string | undefined;
  readonly currentQueue: string | undefined;
  readonly inQueues: Queues | undefined;
  readonly outQueues: Queues | undefined;
  /** When handling started; milliseconds since the epoch. */
  readonly startDate: number | undefined;
  readonly threadId: string | undefined;
  /** The interaction that this one answers. */
  readonly parentId: string | undefined;
  /** Fields that no type describes, as the server sent them. */
  readonly raw: Readonly<Record<string, unknown>>;
}

/** What can be done with any interaction. Each snapshot has the same functions; they go by what is so when called. */
export interface InteractionMethods<Operation extends string> {
  /** Why an operation can or cannot be performed now. */
  readonly can: (operation: Operation) => Availability;
  /**
   * Edits the user data on a draft. Each change becomes the operation that the server has for it: AttachUserData for
   * new keys, UpdateUserData for changed ones, DeleteUserData for removed ones.
   *
   * @returns the outcome of each operation that the edit needed; empty when it changed nothing.
   * @throws DeskError `invalid-arguments` when the draft holds something other than flat values.
   */
  readonly editUserData: (
    edit: (draft: Record<string, string | number | boolean | null>) => void,
  ) => Promise<readonly OperationOutcome[]>;
  /** Forgets an interaction that has ended. @returns false when it has not ended. */
  readonly dismiss: () => boolean;
}

/** An email, or the outbound reply to one. */
export interface EmailSnapshot<Words extends Vocabulary = StandardVocabulary>
  extends InteractionSnapshot, InteractionMethods<keyof Words["email"] & string> {
  readonly channel: "email";
  readonly actions: ActionsOf<Words["email"]>;
  readonly email: EmailContent | undefined;
}

/** A chat. */
export interface ChatSnapshot<Words extends Vocabulary = StandardVocabulary>
  extends InteractionSnapshot, InteractionMethods<keyof Words["chat"] & string> {
  readonly channel: "chat";
  readonly actions: ActionsOf<Words["chat"]>;
  readonly transcript: Transcript;
}

/** An interaction of a channel that this library has no chart for. It can be seen, not handled. */
export interface OtherSnapshot extends InteractionSnapshot, InteractionMethods<string> {
  readonly channel: "other";
  readonly actions: { readonly [operation: string]: undefined };
}

/** What is known of an interaction; `channel` tells which kind it is. */
export type AnySnapshot<Words extends Vocabulary = StandardVocabulary> =
  EmailSnapshot<Words> | ChatSnapshot<Words> | OtherSnapshot;

/** What an interaction has besides what its snapshots have. */
interface Watchable<Snapshot, Words extends Vocabulary> {
  /** What is so now. The same reference until it changes. */
  getSnapshot(): Snapshot;
  /** Calls the observer after each change, never at once. The same for every channel, so that any interaction has it. */
  subscribe(observer: Observer<AnySnapshot<Words>>): Subscription;
  /** The running statechart, to be looked at. */
  readonly actor: ObservedActor<typeof emailMachine | typeof chatMachine>;
}

/** One email; its properties always tell what is so now. */
export type EmailInteraction<Words extends Vocabulary = StandardVocabulary> = EmailSnapshot<Words> &
  Watchable<EmailSnapshot<Words>, Words>;

/** One chat; its properties always tell what is so now. */
export type ChatInteraction<Words extends Vocabulary = StandardVocabulary> = ChatSnapshot<Words> &
  Watchable<ChatSnapshot<Words>, Words>;

/** One interaction of another channel. */
export type OtherInteraction<Words extends Vocabulary = StandardVocabulary> = OtherSnapshot &
  Watchable<OtherSnapshot, Words>;

/** One interaction that the agent is offered, handles or has handled. */
export type Interaction<Words extends Vocabulary = StandardVocabulary> =
  EmailInteraction<Words> | ChatInteraction<Words> | OtherInteraction<Words>;
