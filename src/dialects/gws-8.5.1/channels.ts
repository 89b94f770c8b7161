import { reportInvalidField, type Report } from "../../domain/anomaly.ts";
import type { ChannelFact } from "../../domain/fact.ts";
import { isSource, object, text, type Source } from "../fields.ts";
import { readinessOf } from "./states.ts";

/**
 * Reads the channels of a `/v2/me/channels` notification or of `GET /me/channels`. Only channels that changed are
 * listed, so each fact stands for itself (PROTOCOL section 6).
 */
export function readChannels(entries: readonly unknown[], report: Report): ChannelFact[] {
  const facts: ChannelFact[] = [];
  for (const entry of entries) {
    const fact = isSource(entry)
      ? readChannel(entry, report)
      : reportInvalidField("A channel entry", entry, report);
    if (fact !== undefined) facts.push(fact);
  }
  return facts;
}

/**
 * Reads one channel. An entry without a name (8.5.0, do not disturb for all) is about every channel; one whose name
 * is no text must not be taken for that.
 */
function readChannel(entry: Source, report: Report): ChannelFact | undefined {
  const channel = text(entry["channel"], "channel", report);
  if (channel === undefined && entry["channel"] !== undefined && entry["channel"] !== null) return undefined;
  const reportHere: Report = channel === undefined ? report : (anomaly) => report({ ...anomaly, channel });
  const userState = object(entry["userState"], "userState", reportHere) ?? entry;
  const state = text(userState["state"], "state", reportHere);
  const change = state === undefined ? "PropertiesChanged" : readinessOf(state);
  if (change === "StateUnknown") {
    reportHere({
      code: "unknown-state",
      message: "The server named a readiness that is not known.",
    });
  }
  const doNotDisturb = readDoNotDisturb(entry, reportHere);
  if (state === undefined && doNotDisturb === undefined) {
    reportHere({
      code: "missing-field",
      message: "A channel entry has no known field.",
    });
  }
  return {
    about: "channel",
    channel,
    change,
    state,
    // One page prints both names of the reason.
    reason:
      text(userState["reason"], "reason", reportHere) ??
      text(userState["reasonCode"], "reasonCode", reportHere) ??
      null,
    doNotDisturb,
  };
}

function readDoNotDisturb(entry: Source, report: Report): boolean | undefined {
  const value = text(entry["dndState"], "dndState", report);
  if (value === undefined) return undefined;
  if (value === "On" || value === "Off") return value === "On";
  return reportInvalidField(`"dndState"`, value, report);
}
