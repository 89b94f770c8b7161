import { chat } from "./chat.tsx";
import { email } from "./email.tsx";
import type { KindRenderer } from "./kind-renderer.ts";

/** The renderers by the names of the kinds, which are the names of their charts and of their arrival controls as well. */
export const renderers: Readonly<Record<string, KindRenderer>> = { email, chat };

const other: Omit<KindRenderer, "arrival"> = {
  icon: "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM12 11v5M12 8v.5",
  View: () => null,
};

/** Returns the renderer of a kind; one that draws no content for an unknown kind. */
export function rendererOf(kind: string): Omit<KindRenderer, "arrival"> {
  return Object.hasOwn(renderers, kind) ? renderers[kind]! : other;
}
