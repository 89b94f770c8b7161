import type { Parameters } from "./parameters.ts";
import type { Queues } from "./record.ts";

/** An operation with checked parameters, to be sent to the server. */
export interface OperationRequest {
  readonly operation: string;
  /** The operation's name on the wire. */
  readonly operationName: string;
  readonly parameters: Parameters;
  readonly target: InteractionTarget | ChannelTarget;
}

/** The interaction of an operation, with the data that a request may need. */
export interface InteractionTarget {
  readonly about: "interaction";
  readonly id: string;
  /** The name of its kind; `other` when the desk has none for it. */
  readonly kind: string;
  readonly channel: string;
  readonly outQueues: Queues | undefined;
  /** The data of its kind as a snapshot shows it, such as the content of an email. */
  readonly data: Readonly<Record<string, unknown>>;
}

/** The channel of an operation. */
export interface ChannelTarget {
  readonly about: "channel";
  readonly channel: string;
}

/**
 * The server's answer to a request.
 *
 * - `acknowledged`: it passed the request on. A notification reports whether it took effect.
 * - `refused`: it refused the request; nothing changed.
 * - `unauthenticated`: it does not know the client; nothing changed.
 * - `unanswered`: no readable answer arrived, so it may or may not have taken effect.
 */
export type ServerAnswer =
  | { readonly kind: "acknowledged" }
  | { readonly kind: "refused"; readonly code: number | undefined; readonly message: string | undefined }
  | { readonly kind: "unauthenticated" }
  | { readonly kind: "unanswered" };
