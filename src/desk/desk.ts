import type { InspectionEvent } from "xstate";
import type { Clock } from "../domain/clock.ts";
import type { Random } from "../domain/random.ts";
import type { StandardVocabulary, Vocabulary } from "../domain/vocabulary.ts";
import type { Anomalies } from "./anomalies.ts";
import type { Channel } from "./entities/channel.ts";
import type { Connection } from "./entities/connection-entity.ts";
import { assembleDesk } from "./create-desk.ts";
import type { AnySnapshot, Interaction } from "./entities/interaction.ts";
import type { Journal } from "./journal.ts";
import type { Link } from "./link.ts";
import { completeOptions } from "./desk-options.ts";
import type { Observer, ReadableStore, Subscription } from "./readable-store.ts";

/** How a desk is made. */
export interface DeskOptions<Words extends Vocabulary = StandardVocabulary> {
  /** What connects it to a server. One link serves one desk. */
  readonly link: Link<Words>;
  /** Milliseconds within which an operation should be confirmed; 1 to 600,000, default 15,000. */
  readonly operationTimeout?: number;
  /** Milliseconds that an operation whose time is up waits for a lost connection; default 60,000. */
  readonly recoveryTimeout?: number;
  /** How many ended interactions stay readable until they are dismissed; 0 to 100,000, default 200. */
  readonly keepEnded?: number;
  /** How many anomalies stay readable; default 1,000. */
  readonly keepAnomalies?: number;
  /** Told of everything that the statecharts do, from the beginning; see {@link Desk.inspect}. */
  readonly inspect?: Observer<InspectionEvent>;
  readonly clock?: Clock;
  readonly random?: Random;
}

/** How a desk is started. */
export interface StartOptions {
  /** The channels that the contact-centre session is started with; default email and chat. */
  readonly channels?: readonly string[];
}

/** What changed, told once for each change. */
export type DeskChange<Words extends Vocabulary = StandardVocabulary> =
  | { readonly about: "connection"; readonly connection: Connection }
  | { readonly about: "channel"; readonly channel: Channel<Words> }
  | { readonly about: "interaction"; readonly interaction: Interaction<Words> };

/** One agent's whole live state. */
export interface Desk<Words extends Vocabulary = StandardVocabulary> {
  readonly connection: Connection;
  /** The channels that the server has told of or that were asked for. */
  readonly channels: ReadableStore<readonly Channel<Words>[]>;
  /** The interactions that have not ended, oldest first. */
  readonly interactions: ReadableStore<readonly Interaction<Words>[]>;
  /** The interactions that the agent is offered now, oldest offer first. */
  readonly invitations: ReadableStore<readonly Interaction<Words>[]>;
  /** The interactions that have ended and are not dismissed, in the order of their end. */
  readonly ended: ReadableStore<readonly Interaction<Words>[]>;
  /** What was odd. */
  readonly anomalies: Anomalies;
  /** Every change, for those who follow the whole desk. */
  readonly changes: { readonly subscribe: (observer: Observer<DeskChange<Words>>) => Subscription };
  /** One of the agent's channels, by the server's name. */
  readonly channel: (name: string) => Channel<Words>;
  /** The interaction with this id, also when it has ended; `undefined` when there is none. */
  readonly interaction: (id: string) => Interaction<Words> | undefined;
  /** What is known of the interaction with this id, to be watched also before there is one and after it was dismissed. */
  readonly watch: (id: string) => ReadableStore<AnySnapshot<Words> | undefined>;
  /**
   * Tells everything that the statecharts do from now on, as XState inspection events; first which actors live and in
   * what state each is. They hold names, ids and states, never customer data.
   */
  readonly inspect: (observer: Observer<InspectionEvent>) => Subscription;
  /** Everything that happens to this desk, for those who record it. */
  readonly journal: Journal;
  /**
   * Connects, and resolves when the desk is Live for the first time. It goes on trying while the server cannot be
   * reached; `connection` says why.
   *
   * @throws DeskError by rejecting: `authentication-failed`, `connection-refused`, or `stopped`.
   */
  readonly start: (options?: StartOptions) => Promise<void>;
  /**
   * Takes leave of the server. Operations under way settle as `Stopped`; what is known stays readable. It does not make
   * channels NotReady first. Resolves when the link is closed; a desk that is stopped may be started again.
   */
  readonly stop: () => Promise<void>;
  /**
   * Keeps the desk started for as long as somebody holds it. It stops when the last holder has let go and none has come
   * at once, so that a view that is taken down and put up again (Strict Mode, hot reload) keeps the connection.
   * Failures to start are told by `connection`.
   *
   * @returns lets go; calling it again does nothing.
   */
  readonly retain: (options?: StartOptions) => () => void;
}

/** Makes a desk. It does nothing until it is started. @throws DeskError `invalid-options` */
export function createDesk<Words extends Vocabulary = StandardVocabulary>(
  options: DeskOptions<Words>,
): Desk<Words> {
  return assembleDesk(completeOptions(options)) as unknown as Desk<Words>;
}
