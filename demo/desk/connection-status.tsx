import { useConnection } from "deskstate/react";
import type { ReactNode } from "react";
import { connectionDetail, connectionTone } from "deskstate/text";
import { useWorkplace } from "../workplace.tsx";
import { inWords } from "./words.ts";

/** Whether what is shown is what the server says, and if not, why. */
export function ConnectionStatus(): ReactNode {
  const connection = useConnection();
  const { isRecorded } = useWorkplace();
  const tone = connectionTone(connection);
  const isPast = isRecorded && connection.state === "Live";
  const why = isPast ? "at this moment of the recording" : connectionDetail(connection);
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
