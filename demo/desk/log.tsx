import type { ReactNode } from "react";
import { clockText } from "../clock-text.ts";
import { useReadable } from "../watchable.ts";
import { useWorkplace } from "../workplace.tsx";

const maxShown = 30;

/** What was asked for and what became of it; the newest first. */
export function Log(): ReactNode {
  const { activity } = useWorkplace();
  const activities = useReadable(activity);
  return (
    <section className="log" aria-label="What happened">
      <h3>What happened</h3>
      {activities.length === 0 && (
        <p className="nothing">Nothing yet. Every operation ends here in one outcome.</p>
      )}
      <ol>
        {activities
          .slice(-maxShown)
          .reverse()
          .map(({ key, time, subject, text, tone, isUnderWay }) => (
            <li key={key} data-tone={tone} aria-busy={isUnderWay || undefined}>
              <time>{clockText(time)}</time>
              <span className="log-subject" dir="auto">
                {subject}
              </span>
              <span className="log-text">{text}</span>
            </li>
          ))}
      </ol>
    </section>
  );
}
