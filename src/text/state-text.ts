import type { ChannelSnapshot, ConnectionSnapshot } from "../index.ts";
import type { DeskText } from "./desk-text.ts";
import {
  anomalyCodes,
  channelStates,
  connectionDetails,
  connectionStates,
  errorCodes,
  interactionStates,
  lossReasons,
  reconnecting,
  stopReasons,
} from "./english.ts";
import { sanitizeLine } from "./sanitize-line.ts";
import { wordOf } from "./word-of.ts";

/** The parts of a connection that its text depends on. */
export type ConnectionParts = Pick<ConnectionSnapshot, "state" | "lossReason" | "failures" | "stopReason">;
type DetailText = Pick<DeskText, "connectionDetails" | "lossReasons" | "reconnecting" | "stopReasons">;

/** Returns the name of a connection's state, such as `Catching up`. */
export const connectionStateText = wordOf("connectionStates", connectionStates);

/** Returns what the state of a connection means, and why it is not live; empty where there is nothing to add. */
export function connectionDetail(
  { state, lossReason, failures, stopReason }: ConnectionParts,
  text: DetailText = { connectionDetails, lossReasons, reconnecting, stopReasons },
): string {
  if (state === "Stopped") {
    return stopReason === null || stopReason === "stop" ? "" : text.stopReasons[stopReason];
  }
  const detail = text.connectionDetails[state];
  if (lossReason === null || (state !== "Connecting" && state !== "Recovering")) return detail;
  const trouble = text.reconnecting(text.lossReasons[lossReason], failures);
  return state === "Connecting" ? trouble : `${trouble}; ${detail}`;
}

/** Returns a connection in one line, such as `Connecting: the server cannot be reached, trying again (2)`. */
export function connectionText(
  connection: ConnectionParts,
  text: DetailText & Pick<DeskText, "connectionStates"> = {
    connectionStates,
    connectionDetails,
    lossReasons,
    reconnecting,
    stopReasons,
  },
): string {
  const detail = connectionDetail(connection, text);
  return `${text.connectionStates[connection.state]}${detail === "" ? "" : `: ${detail}`}`;
}

/** Returns why a connection was lost or cannot be made. */
export const lossReasonText = wordOf("lossReasons", lossReasons);

/** Returns why a desk was stopped. */
export const stopReasonText = wordOf("stopReasons", stopReasons);

/** Returns the readiness of a channel with the server's reason, such as `Not ready (Lunch)`. */
export function channelText(
  { state, reason }: Pick<ChannelSnapshot, "state" | "reason">,
  text: Pick<DeskText, "channelStates"> = { channelStates },
): string {
  return `${text.channelStates[state]}${reason === null ? "" : ` (${sanitizeLine(reason)})`}`;
}

/** Returns the name of an interaction's state. */
export const interactionStateText = wordOf("interactionStates", interactionStates);

/** Returns what kind of anomaly was met. The message of the anomaly has the details. */
export const anomalyCodeText = wordOf("anomalyCodes", anomalyCodes);

/** Returns why a call failed. The message of the error has the details. */
export const errorCodeText = wordOf("errorCodes", errorCodes);
