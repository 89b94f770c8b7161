import type { SimAgent } from "./contact-center.ts";
import { type SimHttpRequest, type RestResponse, failure, readCookie } from "./http.ts";

/** One login. Its id is the JSESSIONID cookie; its CSRF token lives as long as it does. */
export interface SimHttpSession {
  readonly id: string;
  readonly user: string;
  csrfToken: string;
}

/** The agent and the HTTP session that a request names. */
export interface Identity {
  readonly agent: SimAgent | undefined;
  /** Absent when only the password identifies the agent. */
  readonly session: SimHttpSession | undefined;
}

export const csrfHeader = "X-CSRF-TOKEN";

export type HttpSessions = ReturnType<typeof createHttpSessions>;

/**
 * @param maxSessions - a client that never sends its cookie back opens a session per request; the oldest sessions are
 * dropped.
 */
export function createHttpSessions(
  agents: ReadonlyMap<string, SimAgent>,
  newToken: () => string,
  maxSessions: number,
) {
  const sessions = new Map<string, SimHttpSession>();
  const ofUser = (user: string) => [...sessions.values()].filter((session) => session.user === user);
  return {
    /** Reads the session cookie or, without a valid one, the Basic credentials. Changes nothing. */
    authenticate(request: SimHttpRequest): Identity {
      const id = readCookie(request, "JSESSIONID", (value) => sessions.has(value)) ?? "";
      const session = sessions.get(id);
      const agent = session === undefined ? agentByPassword(request, agents) : agents.get(session.user);
      return { agent, session };
    },
    open(user: string): SimHttpSession {
      const session = { id: newToken(), user, csrfToken: newToken() };
      sessions.set(session.id, session);
      for (const oldest of sessions.keys()) {
        if (sessions.size <= maxSessions) break;
        sessions.delete(oldest);
      }
      return session;
    },
    close: (session: SimHttpSession) => void sessions.delete(session.id),
    /** Ends every session of a user, as a timeout does. */
    expire: (user: string) => ofUser(user).forEach((session) => sessions.delete(session.id)),
    changeCsrf(user: string) {
      for (const session of ofUser(user)) session.csrfToken = newToken();
    },
    clear: () => sessions.clear(),
  };
}

function agentByPassword(
  { header }: SimHttpRequest,
  agents: ReadonlyMap<string, SimAgent>,
): SimAgent | undefined {
  const [, encoded = ""] = /^Basic ([\w+/]+=*)$/i.exec(header("authorization") ?? "") ?? [];
  const credentials = decodeBase64(encoded);
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
  const help = "send valid Basic credentials or a session cookie that is still known";
  return failure(401, 20, `Not authenticated: ${help}.`);
}

/** The text is the one on the Genesys page "CSRFProtection". */
export function missingCsrf(): RestResponse {
  return { status: 403, body: "Missing or invalid Csrf token", executed: false };
}

export function hasCsrfToken({ header }: SimHttpRequest, session: SimHttpSession | undefined): boolean {
  return session !== undefined && header(csrfHeader.toLowerCase()) === session.csrfToken;
}
