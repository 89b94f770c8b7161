import type { ReactNode } from "react";
import { useNow } from "../use-now.ts";
import { useReadable } from "../watchable.ts";
import { useWorkplace } from "../workplace.tsx";
import type { Tone } from "./words.ts";

const shownFor = 7_000;
const maxShown = 3;

/** The last outcomes, for a while: all for those who hear the page, and those that need eyes for all others. */
export function Toasts(): ReactNode {
  const { activity } = useWorkplace();
  const activities = useReadable(activity);
  const now = useNow(1_000);
  return (
    <div className="toasts" role="status" aria-label="Outcomes">
      {activities
        .filter(({ isUnderWay, time }) => !isUnderWay && now - time < shownFor)
        .slice(-maxShown)
        .map(({ key, subject, text, tone }) => (
          <p key={key} className={isSeen(tone) ? "toast" : "only-heard"} data-tone={tone}>
            <span className="toast-subject" dir="auto">
              {subject}
            </span>
            <span>{text}</span>
          </p>
        ))}
    </div>
  );
}

function isSeen(tone: Tone): boolean {
  return tone === "warning" || tone === "bad";
}
