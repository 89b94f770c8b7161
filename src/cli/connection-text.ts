import type { ConnectionSnapshot, LossReason } from "../index.ts";
import type { Tone } from "./paint.ts";

/** Why a connection is lost or cannot be made, in plain words. */
export const lossReasonText: Readonly<Record<LossReason, string>> = {
  network: "the server cannot be reached",
  timeout: "the server does not answer in time",
  "server-error": "the server has an error",
  "unexpected-content": "the server sends something else than was asked for",
  "session-lost": "the server has forgotten the session",
  silence: "the connection went silent",
  subscription: "the server did not confirm the subscriptions",
  authentication: "the credentials could not be had",
};

/** The connection in plain words, and how it feels. */
export function connectionText(connection: Omit<ConnectionSnapshot, "isAcknowledging">): {
  readonly text: string;
  readonly tone: Tone;
} {
  const { state, lossReason, failures, stopReason } = connection;
  const trouble =
    lossReason === null
      ? ""
      : `: ${lossReasonText[lossReason]}, trying again${failures > 1 ? ` (${failures})` : ""}`;
  switch (state) {
    case "Offline":
      return { text: "Offline", tone: "quiet" };
    case "Connecting":
      return {
        text: trouble === "" ? "Connecting: signing in and subscribing" : `Connecting${trouble}`,
        tone: "warning",
      };
    case "CatchingUp":
      return { text: "CatchingUp: reading the server's own list, what is shown may be old", tone: "warning" };
    case "Live":
      return { text: "Live: what is shown is what the server says", tone: "good" };
    case "Recovering":
      return { text: `Recovering${trouble}; what is shown may be old`, tone: "warning" };
    case "Stopped":
      return stopReason === "stop" || stopReason === null
        ? { text: "Stopped", tone: "quiet" }
        : { text: `Stopped: ${stopReason}`, tone: "bad" };
  }
}
