import type { Desk } from "deskstate";
import { useDeskSelector } from "deskstate/react";
import { useState, type ReactNode } from "react";
import { CrossButton } from "../controls.tsx";

/** The steps for a first visit. */
export function Guide({ offerTimeout }: { readonly offerTimeout: number }): ReactNode {
  const step = useDeskSelector(guideStep);
  const [isHidden, setHidden] = useState(() => stored((storage) => storage.getItem(key)) === "hidden");
  if (isHidden) return null;
  const steps = [
    "Switch a channel to ready",
    "Send an email or start a chat",
    `Accept it within ${Math.round(offerTimeout / 1000)} s`,
    "Answer it, then cut the network",
  ];
  return (
    <div className="guide">
      <ol aria-label="Steps to try">
        {steps.map((text, index) => (
          <li
            key={text}
            data-done={index < step || undefined}
            aria-current={index === step ? "step" : undefined}
          >
            <span className="guide-mark" aria-hidden="true">
              {index < step ? "✓" : index + 1}
            </span>
            {text}
          </li>
        ))}
      </ol>
      <CrossButton
        aria-label="Hide the steps"
        title="Hide"
        press={() => {
          stored((storage) => storage.setItem(key, "hidden"));
          setHidden(true);
        }}
      />
    </div>
  );
}

/** Returns the index of the next step, by what the desk shows. */
export function guideStep({
  channels,
  interactions,
  ended,
}: Pick<Desk, "channels" | "interactions" | "ended">): number {
  const live = interactions.getSnapshot();
  const over = ended.getSnapshot();
  if (live.some(({ state }) => state !== "Invited") || over.some(({ outcome }) => outcome !== "Revoked"))
    return 3;
  if (live.length > 0) return 2;
  return channels.getSnapshot().some(({ state }) => state === "Ready") ? 1 : 0;
}

const key = "deskstate-guide";

/** Uses the storage of the browser, which may refuse; the guide then appears again on the next visit. */
function stored<Result>(use: (storage: Storage) => Result): Result | undefined {
  try {
    return use(localStorage);
  } catch {
    return undefined;
  }
}
