import type { IncomingMessage } from "node:http";
import type { Agent } from "./agent.ts";
import type { Answer } from "./answer.ts";
import { failed } from "./answer.ts";
import type { HttpSession, HttpSessions } from "./http-sessions.ts";
import { csrfHeader } from "./http-sessions.ts";

/** Who a request says it is from, before anything is done for it. */
export interface Claim {
  readonly agent: Agent | undefined;
  /** Absent when the agent is known by his password alone. */
  readonly session: HttpSession | undefined;
}

/** Reads the session cookie or, without a valid one, the Basic credentials. Changes nothing. */
export function readClaim(
  request: IncomingMessage,
  agents: ReadonlyMap<string, Agent>,
  sessions: HttpSessions,
): Claim {
  const session = sessions.find(request.headers.cookie);
  if (session !== undefined) return { agent: agents.get(session.user), session };
  return { agent: agentByPassword(request.headers.authorization, agents), session: undefined };
}

function agentByPassword(header: string | undefined, agents: ReadonlyMap<string, Agent>): Agent | undefined {
  const encoded = /^Basic ([\w+/]+=*)$/i.exec(header ?? "")?.[1];
  if (encoded === undefined) return undefined;
  const credentials = Buffer.from(encoded, "base64").toString("utf8");
  const colon = credentials.indexOf(":");
  const agent = agents.get(credentials.slice(0, colon));
  return colon > 0 && agent?.password === credentials.slice(colon + 1) ? agent : undefined;
}

export function notAuthenticated(): Answer {
  return failed(
    401,
    20,
    "Not authenticated: send valid Basic credentials or a session cookie that is still known.",
  );
}

/** The text is the one on the Genesys page "CSRFProtection". */
export function missingCsrf(): Answer {
  return { status: 403, body: "Missing or invalid Csrf token", done: false };
}

export function hasCsrfToken(request: IncomingMessage, session: HttpSession | undefined): boolean {
  return session !== undefined && request.headers[csrfHeader.toLowerCase()] === session.csrfToken;
}
