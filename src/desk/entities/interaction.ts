import type { AnyStateMachine } from "xstate";
import type { InteractionState } from "../../domain/lifecycle.ts";
import type { InteractionOutcome, OperationOutcome, Unavailability } from "../../domain/outcome.ts";
import type { Operations } from "../../domain/portable-operations.ts";
import type { RecordView } from "../../domain/record.ts";
import type { StandardVocabulary, Vocabulary } from "../../kinds/vocabulary.ts";
import type { ObservedActor } from "../inspection/observed-actor.ts";
import type { Observer, Subscription } from "../readable-store.ts";

/**
 * The operations that can be performed now: a key is there exactly when its operation is granted by the server, known for this kind of
 * interaction, not pending, and the connection is Live. The same function each time the operation is there.
 */
export type ActionsOf<Known extends Operations> = {
  readonly [Operation in keyof Known]?: (...parameters: Known[Operation]) => Promise<OperationOutcome>;
};

/** Whether an operation can be performed now, and if not, why. */
export type Availability =
  { readonly allowed: true } | { readonly allowed: false; readonly reason: Unavailability };

/** The present state of an interaction of any kind. */
export interface InteractionSnapshot extends RecordView {
  readonly id: string;
  /** The server's channel that it came over, in the server's own spelling. */
  readonly channel: string;
  readonly state: InteractionState;
  readonly isEnded: boolean;
  /** The way in which it ended; `null` while it lives, and until the answer to an operation that may have ended it is there. */
  readonly outcome: InteractionOutcome | null;
  /** The capabilities that the server grants now, in its own words, including those for which this library has no action. */
  readonly capabilities: readonly string[];
  /** The pending operations. */
  readonly pending: readonly string[];
}

/** The methods of any interaction. Each snapshot has the same functions; they act on the present state. */
export interface InteractionMethods<Operation extends string> {
  /** Returns whether an operation can be performed now, and if not, why. */
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

/** The names of a desk's kinds of interaction. */
export type KindName<Words extends Vocabulary = StandardVocabulary> = keyof Words["kinds"] & string;

/** The present state of an interaction of this kind. */
export type SnapshotOf<Kind extends string, Words extends Vocabulary = StandardVocabulary> =
  Kind extends KindName<Words>
    ? InteractionSnapshot &
        InteractionMethods<keyof Words["kinds"][Kind]["operations"] & string> &
        Words["kinds"][Kind]["data"] & {
          /** The name of the kind. */
          readonly kind: Kind;
          readonly actions: ActionsOf<Words["kinds"][Kind]["operations"]>;
        }
    : never;

/** An interaction of which the desk has no kind. It can be seen, not handled. */
export interface OtherSnapshot extends InteractionSnapshot, InteractionMethods<string> {
  readonly kind: "other";
  readonly actions: { readonly [operation: string]: undefined };
}

/** The present state of an interaction; `kind` names its type. */
export type AnySnapshot<Words extends Vocabulary = StandardVocabulary> =
  SnapshotOf<KindName<Words>, Words> | OtherSnapshot;

/** The members of an interaction that its snapshots do not have. */
interface Watched<Snapshot, Machine extends AnyStateMachine, Words extends Vocabulary> {
  /** Returns the present snapshot: the same reference until it changes. */
  getSnapshot(): Snapshot;
  /** Calls the observer after each change, never synchronously on subscribe. The same for every kind. */
  subscribe(observer: Observer<AnySnapshot<Words>>): Subscription;
  /** The running statechart, to be looked at. */
  readonly actor: ObservedActor<Machine>;
}

/** One interaction of this kind; its properties always show the present state. */
export type InteractionOf<Kind extends string, Words extends Vocabulary = StandardVocabulary> =
  Kind extends KindName<Words>
    ? SnapshotOf<Kind, Words> & Watched<SnapshotOf<Kind, Words>, Words["kinds"][Kind]["machine"], Words>
    : never;

/** One interaction of which the desk has no kind. */
export type OtherInteraction<Words extends Vocabulary = StandardVocabulary> = OtherSnapshot &
  Watched<OtherSnapshot, Words["kinds"][KindName<Words>]["machine"], Words>;

/** One interaction that the agent is offered, handles or has handled. */
export type Interaction<Words extends Vocabulary = StandardVocabulary> =
  InteractionOf<KindName<Words>, Words> | OtherInteraction<Words>;
