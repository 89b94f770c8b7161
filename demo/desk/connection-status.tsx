import { useConnection } from "deskstate/react";
import type { ReactNode } from "react";
import { connectionText } from "../../src/cli/connection-text.ts";
import { useWorkplace } from "../workplace.tsx";
import { inWords } from "./words.ts";

/** Whether what is shown is what the server says, and if not, why. */
export function ConnectionStatus(): ReactNode {
  const connection = useConnection();
  const { isRecorded } = useWorkplace();
  const { text, tone } = connectionText(connection);
  const [, ...explained] = text.split(/^\w+/);
  const isPast = isRecorded && connection.state === "Live";
  const why = isPast ? "at this moment of the recording" : explained.join("").replace(/^: /, "");
  const isBusy = tone === "warning";
  return (
    <div className="connection" data-tone={tone} data-busy={(isBusy && !isRecorded) || undefined}>
      <p role="status" aria-label="Connection">
        <span className="connection-dot" aria-hidden="true" />
        <strong>
          {inWords(connection.state)}
          {isBusy && " …"}
        </strong>{" "}
        <span className="connection-why">{why}</span>
      </p>
    </div>
  );
}
