import type { ReactNode } from "react";

const paths: Readonly<Record<string, string>> = {
  email: "M3 6.5h18v11H3zM3.5 7l8.5 6.5L20.5 7",
  chat: "M4 5h16v11H11l-5 4v-4H4z",
  other: "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM12 11v5M12 8v.5",
};

/** The sign of a channel. The words beside it say the same. */
export function Icon({ name }: { readonly name: string }): ReactNode {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={paths[name] ?? paths["other"]} />
    </svg>
  );
}
