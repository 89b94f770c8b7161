import { withOperations, type KindOperations } from "../../src/domain/operation.ts";
import type {
  ChannelOperations,
  Fact,
  OperationRequest,
  OperationsOf,
  ServerOperations,
  StandardKinds,
  VocabularyOf,
} from "../../src/index.ts";
import {
  gws851,
  type Decoded,
  type Dialect,
  type List,
  type WireRequest,
} from "../../src/links/gws/index.ts";
import type { Fields } from "../recorded/read.ts";

/*
 * A miniature of the next server generation, to prove that a dialect is a folder: topics, states, messages and
 * operation names differ, and nothing outside of this file knows. Readiness, answers and the session are as in 8.5.1.
 */

const changes = {
  Invited: "Invited",
  Processing: "Accepted",
  Chatting: "Accepted",
  Composing: "Composing",
  LeftChat: "Left",
  Completed: "Completed",
  Revoked: "Revoked",
  Sent: "Sent",
  Canceled: "Canceled",
} as const;

const nothing: Decoded = { facts: [], anomalies: [] };

function decode(message: unknown): Decoded {
  const { channel: topic, data } = message as { channel?: string; data?: Fields };
  if (topic?.startsWith("/meta/") === true) return nothing;
  const { email, chat, messages } = data ?? {};
  if (email !== undefined) return one(interaction("email", email as Fields));
  if (chat !== undefined) return one(interaction("chat", chat as Fields));
  if (Array.isArray(messages)) return one(transcript(data!["chatUri"] as string, messages as Fields[]));
  return gws851.decode(message);
}

const one = (fact: Fact): Decoded => ({ facts: [fact], anomalies: [] });
const lastSegment = (uri: string) => uri.slice(uri.lastIndexOf("/") + 1);

function interaction(channel: "email" | "chat", fields: Fields): Fact {
  const { id, uri, state, capabilities, userData, from, to, subject, bodyAsPlainText, ...raw } = fields;
  const serverState = state as string;
  const content = {
    fromAddress: from,
    toAddress: (to as string[] | undefined)?.join(", "),
    subject,
    text: bodyAsPlainText,
  };
  const known = Object.entries(content).filter(([, value]) => value !== undefined);
  return {
    about: "interaction",
    // One printed notification has no id, only its address.
    id: (id as string | undefined) ?? lastSegment(uri as string),
    channel,
    change: changes[serverState as keyof typeof changes] ?? "StateUnknown",
    state: serverState,
    capabilities: capabilities as string[] | undefined,
    known: {
      serverState,
      userData: userData as object | undefined,
      ...(channel === "email" && known.length > 0 ? { email: Object.fromEntries(known) } : {}),
      raw,
    },
  };
}

/** Messages come as deltas; parties and typing are in the transcript's own words, which are those of 8.5.1. */
function transcript(chatUri: string, messages: readonly Fields[]): Fact {
  const events = messages.map(({ index, type, from, text, visibility }) => {
    const { participantId, nickname, type: userType } = from as Fields;
    const isTyping = type === "TypingStarted" || type === "TypingStopped";
    return {
      id: index,
      messageType: isTyping ? "NOTICE" : type === "Text" ? "MESSAGE" : type,
      ...(isTyping ? { noticeType: type } : {}),
      userId: participantId,
      userType: userType === "Customer" ? "Client" : userType,
      nickName: nickname,
      visibility,
      text,
    };
  });
  const id = lastSegment(chatUri);
  const known = { transcript: { events } };
  const change = "PropertiesChanged";
  return {
    about: "interaction",
    id,
    channel: "chat",
    change,
    state: undefined,
    capabilities: undefined,
    known,
  };
}

const nickname = { kind: "name", presence: "required" } as const;
const accepted = { by: "state", state: "Accepted" } as const;
const ending = { by: "ending" } as const;
const reject = { confirmedBy: ending, endsAs: "Rejected", excludes: "all" } as const;
const complete = { confirmedBy: ending, endsAs: "Completed", excludes: "all" } as const;

/** In 8.5.2 a capability and its operationName are always the same word. */
const operations = {
  email: {
    Accept: { confirmedBy: accepted, takes: [], excludes: ["Reject"] },
    Reject: reject,
    Complete: { ...complete, parameters: { queueName: { kind: "name", presence: "optional" } } },
    Cancel: { confirmedBy: ending, endsAs: "Canceled", excludes: "all" },
  },
  chat: {
    Accept: { confirmedBy: accepted, parameters: { nickname } },
    Reject: reject,
    SendMessage: {
      confirmedBy: { by: "data", shows: "echo" },
      parameters: { text: { kind: "text", presence: "required" } },
    },
    SendStartTypingNotification: { confirmedBy: { by: "answer" }, parameters: {}, isRepeatable: true },
    AttachUserData: { confirmedBy: { by: "data", shows: "user-data" } },
    Leave: { confirmedBy: { by: "withdrawal" }, parameters: {}, endsAs: "Left", excludes: "all" },
    Complete: { ...complete, parameters: {} },
  },
} as const satisfies KindOperations;

/** The operations of this server. */
export interface Operations852 extends ServerOperations {
  readonly channel: ChannelOperations;
  readonly interaction: {
    readonly email: OperationsOf<(typeof operations)["email"]>;
    readonly chat: OperationsOf<(typeof operations)["chat"]>;
  };
}

/** The types of a desk at this server. */
export type Words852 = VocabularyOf<StandardKinds, Operations852>;

const rules: Dialect["rules"] = withOperations(
  { interaction: new Map(), channel: gws851.rules.channel },
  operations,
);

function encode(request: OperationRequest): WireRequest {
  const { target, operation, parameters } = request;
  if (target.about === "channel") return gws851.encode(request);
  const path = `/me/${target.channel}s/${encodeURIComponent(target.id)}`;
  return { method: "POST", path, body: { operationName: operation, ...parameters } };
}

const list = (channel: "email" | "chat"): List => ({
  request: { method: "GET", path: `/me/${channel}s?fields=*` },
  holdsInteractions: true,
  read: (body) => {
    const entries = (body as Fields | undefined)?.[`${channel}s`];
    if (!Array.isArray(entries)) return undefined;
    const facts = entries.map((entry: Fields) => interaction(channel, entry));
    return {
      facts,
      anomalies: [],
      ids: facts.flatMap((fact) => (fact.about === "interaction" ? [fact.id] : [])),
    };
  },
});

export const sibling852: Dialect<Operations852> = {
  name: "gws-8.5.2-miniature",
  topics: ["/v2/me/channels", "/v2/me/emails", "/v2/me/chats"],
  rules,
  session: gws851.session,
  lists: [gws851.lists[0]!, list("email"), list("chat")],
  decode,
  encode,
  readAnswer: gws851.readAnswer,
};
