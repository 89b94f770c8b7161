import type { ReactNode } from "react";
import { stateName } from "../chart/chart-view.tsx";
import { Latest } from "../lists.tsx";
import { clockText } from "../time-text.ts";
import { ledAway, type FactSeen } from "./fact-log.ts";

/** The last facts that a chart received, the newest first, each with the state that it led to. */
export function FactList({ facts }: { readonly facts: readonly FactSeen[] }): ReactNode {
  return (
    <Latest
      title="Last facts"
      className="facts"
      items={facts}
      max={8}
      empty="None yet."
      draw={(seen) => (
        <li key={seen.key} data-led-away={ledAway(seen) || undefined}>
          <time>{clockText(seen.time)}</time>
          <span className="fact-name">
            {seen.fact}
            {seen.operation !== undefined && <small> {seen.operation}</small>}
          </span>
          <span className="fact-state">{ledAway(seen) ? `→ ${stateName(seen.to)}` : "stays"}</span>
        </li>
      )}
    />
  );
}
