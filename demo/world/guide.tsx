import { useDesk } from "deskstate/react";
import { useState, type ReactNode } from "react";
import { guideStep } from "./guide-steps.ts";

/** What to click first, for those who see the page for the first time. */
export function Guide({ offerTimeout }: { readonly offerTimeout: number }): ReactNode {
  const step = useDesk(guideStep);
  const [isHidden, setHidden] = useState(wasHidden);
  if (isHidden) return null;
  const steps = [
    "Switch a channel to ready",
    "Send an email or start a chat",
    `Accept it within ${Math.round(offerTimeout / 1000)} s`,
    "Answer it, then cut the network",
  ];
  return (
    <div className="guide">
      <ol aria-label="What to try">
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
      <button
        type="button"
        className="icon-button"
        aria-label="Hide what to try"
        title="Hide"
        onClick={() => {
          hide();
          setHidden(true);
        }}
      >
        <span aria-hidden="true">×</span>
      </button>
    </div>
  );
}

const key = "deskstate-guide";

// A browser may refuse to keep anything; the guide is then there again the next time.
function wasHidden(): boolean {
  try {
    return localStorage.getItem(key) === "hidden";
  } catch {
    return false;
  }
}

function hide(): void {
  try {
    localStorage.setItem(key, "hidden");
  } catch {
    // As above.
  }
}
