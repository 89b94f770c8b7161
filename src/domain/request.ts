import type { Parameters } from "./parameters.ts";
import type { Queues } from "./record.ts";

/** An operation to be asked of the server, after its parameters were checked. */
export interface OperationRequest {
  readonly operation: string;
  /** The operation's name on the wire. */
  readonly operationName: string;
  readonly parameters: Parameters;
  readonly target: InteractionTarget | ChannelTarget;
}

/** The interaction that an operation is about, with what is known and a request may need. */
export interface InteractionTarget {
  readonly about: "interaction";
  readonly id: string;
  /** The name of its kind; `other` when the desk has none for it. */
  readonly kind: string;
  readonly channel: string;
  readonly outQueues: Queues | undefined;
  /** What a snapshot shows of its kind, such as the content of an email. */
  readonly data: Readonly<Record<string, unknown>>;
}

/** The channel that an operation is about. */
export interface ChannelTarget {
  readonly about: "channel";
  readonly channel: string;
}

/**
 * What the server answered to a request.
 *
 * - `acknowledged`: it passed the request on. Whether it took effect is told by a notification.
 * - `refused`: it said no, and promises that nothing changed.
 * - `unauthenticated`: it does not know who asks; nothing changed.
 * - `unanswered`: no answer came, or none that can be understood, so it may or may not have taken effect.
 */
export type ServerAnswer =
  | { readonly kind: "acknowledged" }
  | { readonly kind: "refused"; readonly code: number | undefined; readonly message: string | undefined }
  | { readonly kind: "unauthenticated" }
  | { readonly kind: "unanswered" };
