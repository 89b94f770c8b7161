import type { ReactNode } from "react";
import { rendererOf } from "./kinds/renderers.ts";

/** The icon of a kind of interaction. The words beside it say the same. */
export function Icon({ kind }: { readonly kind: string }): ReactNode {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={rendererOf(kind).icon} />
    </svg>
  );
}
