import { chat } from "./chat/index.ts";
import { email } from "./email/index.ts";

/** The kinds of interaction that a desk knows by default. */
export const standardKinds = Object.freeze([email, chat] as const);

/** The type of {@link standardKinds}. */
export type StandardKinds = typeof standardKinds;
