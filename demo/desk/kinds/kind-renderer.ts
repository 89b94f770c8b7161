import type { AnySnapshot } from "deskstate";
import type { ComponentType } from "react";

/** Everything that the demo draws differently for one kind of interaction. A new kind needs one more of these. */
export interface KindRenderer {
  /** The path of its icon, in a box of 24 × 24. */
  readonly icon: string;
  /** Its content. Draws nothing for an interaction of another kind. */
  readonly View: ComponentType<{ readonly interaction: AnySnapshot }>;
  /** Returns the latest news of an interaction, in one line. */
  readonly latest?: (interaction: AnySnapshot) => string;
  /** The button with which a visitor acts as a new customer, and the line that the log gets. */
  readonly arrival: { readonly button: string; readonly logged: string };
  /** Whether a visitor can make its customer write again. */
  readonly customerWrites?: boolean;
}
