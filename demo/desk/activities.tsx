import type { Tone } from "deskstate/text";
import type { ReactNode } from "react";
import { useDemoContext } from "../demo-context.tsx";
import { Latest } from "../lists.tsx";
import { useObservable } from "../observable-value.ts";
import { clockText } from "../time-text.ts";
import { useNow } from "../use-now.ts";

const maxLogged = 30;
const maxToasts = 3;
const toastDuration = 7_000;
/** The tones of outcomes that need attention. */
const shown: ReadonlySet<Tone> = new Set(["warning", "bad"]);

/** Every operation with its outcome, and everything that the server took away; the newest first. */
export function Log(): ReactNode {
  const { logs } = useDemoContext();
  const activities = useObservable(logs.activity);
  return (
    <Latest
      title="What happened"
      className="log"
      items={activities}
      max={maxLogged}
      empty="Nothing yet. Every operation settles here with one outcome."
      draw={({ key, time, subject, text, tone, isPending }) => (
        <li key={key} data-tone={tone} aria-busy={isPending || undefined}>
          <time>{clockText(time)}</time>
          <span className="log-subject" dir="auto">
            {subject}
          </span>
          <span className="log-text">{text}</span>
        </li>
      )}
    />
  );
}

/** The last outcomes, for some seconds. A screen reader gets all of them; visible are only those that need attention. */
export function Toasts(): ReactNode {
  const { logs } = useDemoContext();
  const activities = useObservable(logs.activity);
  const now = useNow(1_000);
  return (
    <div className="toasts" role="status" aria-label="Outcomes">
      {activities
        .filter(({ isPending, time }) => !isPending && now - time < toastDuration)
        .slice(-maxToasts)
        .map(({ key, subject, text, tone }) => (
          <p key={key} className={shown.has(tone) ? "toast" : "visually-hidden"} data-tone={tone}>
            <span className="toast-subject" dir="auto">
              {subject}
            </span>
            <span>{text}</span>
          </p>
        ))}
    </div>
  );
}
