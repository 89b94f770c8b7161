import { useConnection } from "deskstate/react";
import { connectionDetail, connectionStateText, connectionTone } from "deskstate/text";
import type { ReactNode } from "react";
import { useDemoContext } from "../demo-context.tsx";

/** Whether the page shows the present state of the server, and if not, why. */
export function ConnectionStatus(): ReactNode {
  const connection = useConnection();
  const { isRecorded } = useDemoContext();
  const tone = connectionTone(connection);
  const isPast = isRecorded && connection.state === "Live";
  const isBusy = tone === "warning";
  return (
    <div className="connection" data-tone={tone} data-busy={(isBusy && !isRecorded) || undefined}>
      <p role="status" aria-label="Connection">
        <span className="connection-dot" aria-hidden="true" />
        <strong>
          {connectionStateText(connection.state)}
          {isBusy && " …"}
        </strong>{" "}
        <span className="connection-why">
          {isPast ? "at this moment of the recording" : connectionDetail(connection)}
        </span>
      </p>
    </div>
  );
}
