import { type HttpRequest, readCookie } from "./http.ts";

/** One login. Its id is the JSESSIONID cookie; its CSRF token lives as long as it does. */
export interface HttpSession {
  readonly id: string;
  readonly user: string;
  csrfToken: string;
}

export const csrfHeader = "X-CSRF-TOKEN";

export interface HttpSessions {
  open(user: string): HttpSession;
  /** Returns the session that a request's cookie names, if it still exists. */
  find(request: HttpRequest): HttpSession | undefined;
  close(session: HttpSession): void;
  /** Ends every session of a user, as a timeout does. */
  expire(user: string): void;
  changeCsrf(user: string): void;
  clear(): void;
}

/**
 * @param maxSessions - a client that never sends its cookie back opens a session per request; the oldest sessions are
 * dropped.
 */
export function createHttpSessions(newToken: () => string, maxSessions: number): HttpSessions {
  const sessions = new Map<string, HttpSession>();
  const ofUser = (user: string): HttpSession[] =>
    [...sessions.values()].filter((session) => session.user === user);
  return {
    open(user) {
      const session = { id: newToken(), user, csrfToken: newToken() };
      sessions.set(session.id, session);
      for (const oldest of sessions.keys()) {
        if (sessions.size <= maxSessions) break;
        sessions.delete(oldest);
      }
      return session;
    },
    find: (request) => sessions.get(readCookie(request, "JSESSIONID", (id) => sessions.has(id)) ?? ""),
    close: (session) => void sessions.delete(session.id),
    expire: (user) => ofUser(user).forEach((session) => sessions.delete(session.id)),
    changeCsrf(user) {
      for (const session of ofUser(user)) session.csrfToken = newToken();
    },
    clear: () => sessions.clear(),
  };
}

export function sessionCookie(session: HttpSession): string {
  return `JSESSIONID=${session.id}; Path=/api; HttpOnly`;
}
