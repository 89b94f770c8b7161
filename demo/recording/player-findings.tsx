import type { ReactNode } from "react";
import { useReadable } from "../watchable.ts";
import type { Player } from "./player.ts";
import { timeText } from "./time-text.ts";

const maxShown = 20;

/** What is wrong with a recording, what was odd in it up to here, and what did not come out as recorded. */
export function PlayerFindings({ player }: { readonly player: Player }): ReactNode {
  const { run, isNothingOdd } = useReadable(player);
  const { anomalies, differences } = run;
  const { header, problem } = player.recording;
  const odd = anomalies.at(-1);
  return (
    <div className="player-findings">
      {problem !== undefined && (
        <p className="notice" data-tone="warning">
          {problem.message} What stands before it can be looked at.
        </p>
      )}
      {isNothingOdd && <p role="status">Nothing odd comes after this.</p>}
      {odd !== undefined && (
        <p className="notice" data-tone="warning">
          {anomalies.length === 1 ? "1 anomaly" : `${anomalies.length} anomalies`} up to here. At{" "}
          {timeText(odd.at - (header?.startedAt ?? 0))}: <code>{odd.code}</code> {odd.message}
        </p>
      )}
      {differences.length > 0 && (
        <details className="notice" data-tone="bad">
          <summary>
            {differences.length === 1 ? "1 thing" : `${differences.length} things`} did not come out as
            recorded
          </summary>
          <ul>
            {differences.slice(0, maxShown).map(({ seq, message }, index) => (
              <li key={index}>
                Entry {seq}: {message}
              </li>
            ))}
            {differences.length > maxShown && <li>and {differences.length - maxShown} more</li>}
          </ul>
        </details>
      )}
    </div>
  );
}
