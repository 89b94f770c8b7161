import type { ReactNode } from "react";
import { stateName } from "../chart/chart-view.tsx";
import { clockText } from "../time-text.ts";
import { ledAway, type FactSeen } from "./fact-log.ts";

const maxShown = 8;

/** The last facts that a chart received, the newest first, each with the state that it led to. */
export function FactList({ facts }: { readonly facts: readonly FactSeen[] }): ReactNode {
  return (
    <section className="facts" aria-label="Last facts">
      <h3>Last facts</h3>
      {facts.length === 0 && <p className="nothing">None yet.</p>}
      <ol>
        {facts
          .slice(-maxShown)
          .reverse()
          .map((seen) => (
            <li key={seen.key} data-led-away={ledAway(seen) || undefined}>
              <time>{clockText(seen.time)}</time>
              <span className="fact-name">
                {seen.fact}
                {seen.operation !== undefined && <small> {seen.operation}</small>}
              </span>
              <span className="fact-state">{ledAway(seen) ? `→ ${stateName(seen.to)}` : "stays"}</span>
            </li>
          ))}
      </ol>
    </section>
  );
}
