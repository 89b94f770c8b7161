import type { SimAgent } from "./interaction.ts";
import type { HttpRequest } from "./http.ts";
import { type HttpSession, type HttpSessions, csrfHeader } from "./http-sessions.ts";
import { type RestResponse, failure } from "./rest-response.ts";

/** The agent and the HTTP session that a request names. */
export interface Identity {
  readonly agent: SimAgent | undefined;
  /** Absent when only the password identifies the agent. */
  readonly session: HttpSession | undefined;
}

/** Reads the session cookie or, without a valid one, the Basic credentials. Changes nothing. */
export function authenticate(
  request: HttpRequest,
  agents: ReadonlyMap<string, SimAgent>,
  sessions: HttpSessions,
): Identity {
  const session = sessions.find(request);
  if (session !== undefined) return { agent: agents.get(session.user), session };
  return { agent: agentByPassword(request.header("authorization") ?? "", agents), session: undefined };
}

function agentByPassword(header: string, agents: ReadonlyMap<string, SimAgent>): SimAgent | undefined {
  const credentials = decodeBase64(/^Basic ([\w+/]+=*)$/i.exec(header)?.[1] ?? "");
  const colon = credentials.indexOf(":");
  const agent = agents.get(credentials.slice(0, colon));
  return colon > 0 && agent?.password === credentials.slice(colon + 1) ? agent : undefined;
}

function decodeBase64(encoded: string): string {
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(encoded), (byte) => byte.codePointAt(0) ?? 0));
  } catch {
    return "";
  }
}

export function notAuthenticated(): RestResponse {
  return failure(
    401,
    20,
    "Not authenticated: send valid Basic credentials or a session cookie that is still known.",
  );
}

/** The text is the one on the Genesys page "CSRFProtection". */
export function missingCsrf(): RestResponse {
  return { status: 403, body: "Missing or invalid Csrf token", executed: false };
}

export function hasCsrfToken(request: HttpRequest, session: HttpSession | undefined): boolean {
  return session !== undefined && request.header(csrfHeader.toLowerCase()) === session.csrfToken;
}
