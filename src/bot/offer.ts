import type { Interaction } from "../index.ts";
import { pacing, type Pacing } from "./pacing.ts";
import type { Stint } from "./stint.ts";

/** What to do with an offer: take it, refuse it, or let it be until the server takes it away. */
export type Decision = "Accept" | "Reject" | "Ignore";

/** An interaction that the agent is offered. Its pauses fail, without harm, when the offer is taken away. */
export interface Offer extends Pacing {
  readonly id: string;
  /** In the server's spelling. */
  readonly channel: string;
  /** All that the desk knows of it, live. */
  readonly interaction: Interaction;
  /** How often this bot was offered it, this time included. */
  readonly times: number;
}

export const decisions: readonly unknown[] = ["Accept", "Reject", "Ignore"] satisfies Decision[];

export function offerFace(stint: Stint, interaction: Interaction, times: number): Offer {
  return Object.freeze({
    ...pacing(stint),
    id: interaction.id,
    channel: interaction.channel,
    interaction,
    times,
  });
}
