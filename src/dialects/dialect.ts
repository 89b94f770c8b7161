import type { AnomalyReport } from "../domain/anomaly.ts";
import type { Fact } from "../domain/fact.ts";
import type { OperationRules } from "../domain/operation.ts";
import type { ServerAnswer, OperationRequest } from "../domain/request.ts";
import type { ServerOperations, StandardOperations } from "../kinds/vocabulary.ts";

export type { ServerOperations, StandardOperations };

/** Marks what carries the types of operations; no value has it. */
declare const serverOperations: unique symbol;

/**
 * One generation of servers: all that is particular about its wire. Tables and pure functions; the rest of the
 * code does not know which server it talks to.
 */
export interface Dialect<Server extends ServerOperations = StandardOperations> {
  readonly name: string;
  /** The CometD topics to subscribe to. */
  readonly topics: readonly string[];
  /** The rules by which each operation is requested, confirmed and guarded. */
  readonly rules: OperationRules;
  /** The addresses of a session. */
  readonly session: SessionRequests;
  /** The server's own lists, which together are the truth about one agent. */
  readonly lists: readonly List[];
  /** Reads one element of a Bayeux array. Never throws, whatever it is given. */
  readonly decode: (message: unknown) => Decoded;
  /** Writes an operation as a request. @throws DeskError when an id cannot be part of an address. */
  readonly encode: (request: OperationRequest) => WireRequest;
  /** Reads an answer. `body` is the parsed JSON, or `undefined` when it was not JSON. */
  readonly readAnswer: (httpStatus: number, body: unknown) => ServerAnswer;
  readonly [serverOperations]?: Server;
}

/** The content of a message. */
export interface Decoded {
  readonly facts: readonly Fact[];
  readonly anomalies: readonly AnomalyReport[];
}

/** One request to the server. */
export interface WireRequest {
  readonly method: "GET" | "POST";
  /** Below the base URL, beginning with "/"; every segment is encoded. */
  readonly path: string;
  readonly body?: object;
}

/** The requests that begin and end a session. */
export interface SessionRequests {
  /** Below the base URL: where CometD is. */
  readonly notifications: string;
  /** Signs in; its answer sets the cookie and may name the CSRF header. */
  readonly signIn: WireRequest;
  /** Starts the contact-centre session; `undefined` when the generation has none. */
  readonly begin: ((channels: readonly string[]) => WireRequest) | undefined;
  /** Returns the user whom the answer to the sign-in names; `undefined` when it names none. */
  readonly signedInAs: (body: unknown) => string | undefined;
  /** Ends the contact-centre session and with it the HTTP session, so it must be last. */
  readonly end: WireRequest | undefined;
}

/** One list of the server's, such as the agent's interactions. */
export interface List {
  readonly request: WireRequest;
  /** Whether absence from this list means that an interaction is no longer the agent's. */
  readonly holdsInteractions: boolean;
  /** `undefined` when the body is not such a list. */
  readonly read: (body: unknown) => ListContent | undefined;
}

/** The content of a list. */
export interface ListContent extends Decoded {
  /** The interactions that the list names, also those of which it gives no details. */
  readonly ids: readonly string[];
}
