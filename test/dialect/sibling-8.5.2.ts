import type {
  ChannelOperations,
  Fact,
  OperationRequest,
  OperationRule,
  Vocabulary,
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

/** What an agent can do on an 8.5.2 server, as far as this miniature goes. */
export interface Words852 extends Vocabulary {
  readonly email: {
    readonly Accept: [];
    readonly Reject: [];
    readonly Complete: [parameters?: { queueName?: string }];
    readonly Cancel: [];
  };
  readonly chat: {
    readonly Accept: [parameters: { nickname: string }];
    readonly Reject: [];
    readonly SendMessage: [parameters: { text: string }];
    readonly SendStartTypingNotification: [];
    readonly AttachUserData: [parameters: { userData: Readonly<Record<string, string | number>> }];
    readonly Leave: [];
    readonly Complete: [];
  };
  readonly channel: ChannelOperations;
}

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
  const told = Object.entries(content).filter(([, value]) => value !== undefined);
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
      ...(channel === "email" && told.length > 0 ? { email: Object.fromEntries(told) } : {}),
      raw,
    },
  };
}

/** Messages come as deltas; parties and typing are told in the transcript's own words, which are those of 8.5.1. */
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
  const known = { events };
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

type Line = Partial<OperationRule> & Pick<OperationRule, "operation" | "confirmedBy">;

/** In 8.5.2 a capability and its operationName are always the same word. */
const rule = ({ operation, ...line }: Line): [string, OperationRule] => [
  operation,
  {
    operation,
    capability: operation,
    operationName: operation,
    parameters: {},
    endsAs: null,
    excludes: [],
    supersedes: [],
    isRepeatable: false,
    ...line,
  },
];

const name = (presence: "required" | "optional") => ({ kind: "name", presence }) as const;
const reject = rule({ operation: "Reject", confirmedBy: "ending", endsAs: "Rejected", excludes: "all" });
const complete = {
  operation: "Complete",
  confirmedBy: "ending",
  endsAs: "Completed",
  excludes: "all",
} as const;

const rules: Dialect["rules"] = {
  interaction: new Map([
    [
      "email",
      new Map([
        rule({ operation: "Accept", confirmedBy: "Accepted", excludes: ["Reject"] }),
        reject,
        rule({ ...complete, parameters: { queueName: name("optional") } }),
        rule({ operation: "Cancel", confirmedBy: "ending", endsAs: "Canceled", excludes: "all" }),
      ]),
    ],
    [
      "chat",
      new Map([
        rule({ operation: "Accept", confirmedBy: "Accepted", parameters: { nickname: name("required") } }),
        reject,
        rule({
          operation: "SendMessage",
          confirmedBy: "echo",
          parameters: { text: { kind: "text", presence: "required" } },
        }),
        rule({ operation: "SendStartTypingNotification", confirmedBy: "answer", isRepeatable: true }),
        rule({
          operation: "AttachUserData",
          confirmedBy: "user-data",
          parameters: { userData: { kind: "entries", presence: "required" } },
        }),
        rule({ operation: "Leave", confirmedBy: "withdrawn", endsAs: "Left", excludes: "all" }),
        rule(complete),
      ]),
    ],
  ]),
  channel: gws851.rules.channel,
};

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

export const sibling852: Dialect<Words852> = {
  name: "gws-8.5.2-miniature",
  topics: ["/v2/me/channels", "/v2/me/emails", "/v2/me/chats"],
  rules,
  session: gws851.session,
  lists: [gws851.lists[0]!, list("email"), list("chat")],
  decode,
  encode,
  readAnswer: gws851.readAnswer,
};
