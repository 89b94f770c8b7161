import type { Parameters } from "./parameters.ts";
import type { EmailContent, Queues } from "./record.ts";

/** An operation to be asked of the server, after its parameters were checked. */
export interface OperationRequest {
  readonly operation: string;
  readonly parameters: Parameters;
  readonly target: InteractionTarget | ChannelTarget;
}

/** The interaction that an operation is about, with what is known and a request may need. */
export interface InteractionTarget {
  readonly about: "interaction";
  readonly id: string;
  readonly channel: string;
  readonly outQueues: Queues | undefined;
  readonly email: EmailContent | undefined;
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
