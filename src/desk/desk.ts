import type { InspectionEvent } from "xstate";
import type { Clock } from "../domain/clock.ts";
import type { Random } from "../domain/random.ts";
import type { InteractionKind } from "../kinds/kind.ts";
import type {
  ServerOperations,
  StandardOperations,
  StandardVocabulary,
  Vocabulary,
} from "../kinds/vocabulary.ts";
import type { StandardKinds } from "../kinds/standard-kinds.ts";
import type { Anomalies } from "./anomalies.ts";
import type { Channel } from "./entities/channel.ts";
import type { Connection } from "./entities/connection-entity.ts";
import type { AnySnapshot, Interaction } from "./entities/interaction.ts";
import type { Journal } from "./journal.ts";
import type { Link } from "./link.ts";
import type { Observer, ReadableStore, Subscription } from "./readable-store.ts";

/** Options of {@link createDesk}. */
export interface DeskOptions<
  Server extends ServerOperations = StandardOperations,
  Kinds extends readonly InteractionKind[] = StandardKinds,
> {
  /** The connection to a server. One link serves one desk. */
  readonly link: Link<Server>;
  /** The kinds of interaction that the desk knows; default email and chat. Names and channels must be unique. */
  readonly kinds?: Kinds;
  /** Milliseconds within which an operation should be confirmed; 1 to 600,000, default 15,000. */
  readonly operationTimeout?: number;
  /** Milliseconds that an operation whose time is up waits for a lost connection; default 60,000. */
  readonly recoveryTimeout?: number;
  /** Number of ended interactions that stay readable until they are dismissed; 0 to 100,000, default 200. */
  readonly keepEnded?: number;
  /** Number of anomalies that stay readable; default 1,000. */
  readonly keepAnomalies?: number;
  /** Receives everything that the statecharts do, from the beginning; see {@link Desk.inspect}. */
  readonly inspect?: Observer<InspectionEvent>;
  readonly clock?: Clock;
  readonly random?: Random;
}

/** Options of {@link Desk.start}. */
export interface StartOptions {
  /** The channels that the contact-centre session is started with; default those of the desk's kinds. */
  readonly channels?: readonly string[];
}

/** The entity that changed: one value for each change. */
export type DeskChange<Words extends Vocabulary = StandardVocabulary> =
  | { readonly about: "connection"; readonly connection: Connection }
  | { readonly about: "channel"; readonly channel: Channel<Words> }
  | { readonly about: "interaction"; readonly interaction: Interaction<Words> };

/** The types of a desk, for hooks and composables: `useInteraction<VocabularyOfDesk<typeof desk>>(id)`. */
export type VocabularyOfDesk<Of> = Of extends Desk<infer Words extends Vocabulary> ? Words : never;

/** One agent's whole live state. */
export interface Desk<Words extends Vocabulary = StandardVocabulary> {
  readonly connection: Connection;
  /** The channels that the server has named or that were asked for. */
  readonly channels: ReadableStore<readonly Channel<Words>[]>;
  /** The interactions that have not ended, oldest first. */
  readonly interactions: ReadableStore<readonly Interaction<Words>[]>;
  /** The interactions that the agent is offered now, oldest offer first. */
  readonly invitations: ReadableStore<readonly Interaction<Words>[]>;
  /** The interactions that have ended and are not dismissed, in the order of their end. */
  readonly ended: ReadableStore<readonly Interaction<Words>[]>;
  /** Unexpected input and failures of listeners. */
  readonly anomalies: Anomalies;
  /** Every change, none skipped, for listeners to the whole desk. */
  readonly changes: { readonly subscribe: (observer: Observer<DeskChange<Words>>) => Subscription };
  /** One of the agent's channels, by the server's name. */
  readonly channel: (name: string) => Channel<Words>;
  /** The interaction with this id, also when it has ended; `undefined` when there is none. */
  readonly interaction: (id: string) => Interaction<Words> | undefined;
  /** The interaction with this id as a store, also before there is one and after it was dismissed. */
  readonly watch: (id: string) => ReadableStore<AnySnapshot<Words> | undefined>;
  /**
   * Sends the observer everything that the statecharts do from now on, as XState inspection events; first which actors
   * live and in what state each is. They hold names, ids and states, never customer data.
   */
  readonly inspect: (observer: Observer<InspectionEvent>) => Subscription;
  /** Everything that happens to this desk, for recorders. */
  readonly journal: Journal;
  /**
   * Connects, and resolves when the desk is Live for the first time. It keeps retrying while the server cannot be
   * reached; `connection.lossReason` has the reason.
   *
   * @throws DeskError by rejecting: `authentication-failed`, `connection-refused`, or `stopped`.
   */
  readonly start: (options?: StartOptions) => Promise<void>;
  /**
   * Disconnects from the server. Pending operations settle as `Stopped`; what is known stays readable. It does not make
   * channels NotReady first. Resolves when the link is closed; a desk that is stopped may be started again.
   */
  readonly stop: () => Promise<void>;
  /**
   * Keeps the desk started until it is released. It stops when the last caller has released it and none retains it
   * immediately after, so that a component that remounts (Strict Mode, hot reload) keeps the connection. When no caller
   * that retains it wants the options that it runs with, it restarts with the new ones. `connection` shows failures to
   * start.
   *
   * @returns releases the desk; calling it again does nothing.
   */
  readonly retain: (options?: StartOptions) => () => void;
}
