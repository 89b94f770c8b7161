import { reportInvalidField, type Report } from "../../domain/anomaly.ts";
import type { InteractionFact } from "../../domain/fact.ts";
import { isSafeId } from "../../domain/identifier.ts";
import type { Queues, RecordPatch, recordFields } from "../../domain/record.ts";
import type { PatchOf } from "../../domain/record-field.ts";
import type { TranscriptPatch } from "../../kinds/chat/transcript-field.ts";
import type { EmailContent } from "../../kinds/email/email-content.ts";
import { count, date, isSource, list, object, text, texts, type Source } from "../fields.ts";
import { changeOf } from "./states.ts";

/**
 * Reads one interaction, nested (`data.interaction`) or flat (`data`): the shape follows neither the state nor the
 * channel (recorded: an email is invited nested and revoked flat, a chat the other way round), so each name of
 * either shape is taken in both.
 *
 * @param beside - the fields beside a nested interaction.
 * @returns `undefined` when the message does not identify an interaction; that was reported.
 */
export function readInteraction(
  source: Source,
  report: Report,
  beside?: Source,
): InteractionFact | undefined {
  const id = source["id"];
  if (typeof id !== "string") {
    report({ code: "missing-field", message: "An interaction has no id." });
    return undefined;
  }
  if (!isSafeId(id)) {
    report({
      code: "unsafe-id",
      message: "The id of an interaction cannot be part of an address.",
    });
    return undefined;
  }
  const reportHere: Report = (anomaly) => report({ ...anomaly, id });
  const channel = text(source["channel"], "channel", reportHere);
  const state = text(source["state"], "state", reportHere);
  if (state === undefined) {
    reportHere({
      code: "missing-field",
      message: "An interaction has no state; it was taken as an update.",
    });
  }
  const change = state === undefined ? "PropertiesChanged" : changeOf(state);
  if (change === "StateUnknown") {
    reportHere({
      code: "unknown-state",
      message: "The server named a state that is not known.",
    });
  }
  return {
    about: "interaction",
    id,
    channel,
    change,
    state,
    capabilities: texts(source["capabilities"], "capabilities", reportHere),
    known: readKnown(source, channel, change === "PropertiesChanged" ? undefined : state, beside, reportHere),
  };
}

/** The fields that this dialect reads. */
interface Patch extends PatchOf<typeof recordFields> {
  readonly email: EmailContent | undefined;
  readonly transcript: TranscriptPatch | undefined;
}

function readKnown(
  source: Source,
  channel: string | undefined,
  state: string | undefined,
  beside: Source | undefined,
  report: Report,
): RecordPatch & Patch {
  const content =
    object(source["content"], "content", report) ?? object(source["email_object"], "email_object", report);
  // A chat's content has events; a message may omit the channel, so the content itself decides where it can.
  const isChat =
    content !== undefined && (channel === "chat" || "events" in content || "latestEventId" in content);
  return {
    serverState: state,
    userData: object(source["userData"], "userData", report),
    direction:
      text(source["type"], "type", report) ?? text(source["interactionType"], "interactionType", report),
    subType:
      text(source["subType"], "subType", report) ??
      text(source["interactionSubType"], "interactionSubType", report),
    currentQueue: text(source["currentQueue"], "currentQueue", report),
    inQueues: queues(source["inQueues"], "inQueues", report),
    outQueues: queues(source["outQueues"], "outQueues", report),
    startDate: date(source["startDate"], "startDate", report),
    threadId: text(source["threadId"], "threadId", report),
    parentId:
      text(source["parentId"], "parentId", report) ??
      text(source["parentInteractionId"], "parentInteractionId", report),
    raw: unknownFields(source, content, beside),
    email: content === undefined || isChat ? undefined : emailContent(content, report),
    transcript: isChat ? transcript(content, report) : undefined,
  };
}

function queues(incoming: unknown, name: string, report: Report): Queues | undefined {
  const value = object(incoming, name, report);
  for (const queue in value) {
    if (typeof value[queue] === "string") continue;
    return reportInvalidField(`"${name}", of which an element`, value[queue], report);
  }
  return value as Queues | undefined;
}

function transcript(content: Source, report: Report): TranscriptPatch | undefined {
  const latestEventId = count(content["latestEventId"], "latestEventId", report);
  const events = list(content["events"], "events", report);
  return latestEventId === undefined && events === undefined ? undefined : { latestEventId, events };
}

const emailFields = ["interactionId", "text", "fromAddress", "toAddress", "subject"] as const;

function emailContent(content: Source, report: Report): EmailContent {
  const email: { -readonly [Field in keyof EmailContent]: EmailContent[Field] } = {};
  for (const field of emailFields) {
    const value = text(content[field], field, report);
    if (value !== undefined) email[field] = value;
  }
  return email;
}

const knownFields: ReadonlySet<string> = new Set([
  "id",
  "channel",
  "state",
  "capabilities",
  "type",
  "interactionType",
  "subType",
  "interactionSubType",
  "userData",
  "currentQueue",
  "inQueues",
  "outQueues",
  "startDate",
  "threadId",
  "parentId",
  "parentInteractionId",
  "content",
  "email_object",
  "messageType",
  "messageTypeName",
  "interaction",
]);
const knownContent: ReadonlySet<string> = new Set([...emailFields, "latestEventId", "sessionId", "events"]);

/** Returns the fields that no rule reads, unchanged; those of the content under `content.` and their name. */
function unknownFields(
  source: Source,
  content: Source | undefined,
  beside: Source | undefined,
): Source | undefined {
  let raw: Record<string, unknown> | undefined;
  for (const name in beside) {
    if (!knownFields.has(name)) define((raw ??= {}), name, beside[name]);
  }
  for (const name in source) {
    if (!knownFields.has(name)) define((raw ??= {}), name, source[name]);
  }
  if (content !== undefined && isSource(content)) {
    for (const name in content) {
      if (!knownContent.has(name)) define((raw ??= {}), `content.${name}`, content[name]);
    }
  }
  return raw;
}

/** Assigning would set the prototype for a field called `__proto__`. */
function define(target: object, name: string, value: unknown): void {
  Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
}
