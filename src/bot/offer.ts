import type { Interaction } from "../index.ts";
import { createPacing, type Pacing } from "./pacing.ts";
import type { ScriptContext } from "./script-context.ts";

/** The decision on an offer: accept it, reject it, or leave it until the server takes it away. */
export type Decision = "Accept" | "Reject" | "Ignore";

/** An interaction that the agent is offered. Its pauses fail, without harm, when the offer is taken away. */
export interface Offer extends Pacing {
  readonly id: string;
  readonly kind: Interaction["kind"];
  /** In the server's spelling. */
  readonly channel: string;
  /** The interaction on the desk; its properties are always the present ones. */
  readonly interaction: Interaction;
  /** The number of times that this bot was offered it, with this time. */
  readonly times: number;
}

export function isDecision(value: unknown): value is Decision {
  return value === "Accept" || value === "Reject" || value === "Ignore";
}

export function createOffer(context: ScriptContext, interaction: Interaction, times: number): Offer {
  const { id, kind, channel } = interaction;
  return Object.freeze({ ...createPacing(context), id, kind, channel, interaction, times });
}
