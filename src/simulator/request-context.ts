import type { Identity } from "./authenticate.ts";
import type { CometServer } from "./comet/comet-server.ts";
import type { ContactCenter } from "./contact-center.ts";
import type { FaultRules, InjectedFaults } from "./faults.ts";
import type { HttpConnection, HttpRequest } from "./http.ts";
import type { HttpSessions } from "./http-sessions.ts";
import type { Outbox } from "./outbox.ts";
import type { RequestLog } from "./request-log.ts";

/** Everything that serving requests needs. */
export interface ServerContext {
  readonly center: ContactCenter;
  readonly sessions: HttpSessions;
  readonly rules: FaultRules;
  readonly outbox: Outbox;
  readonly log: RequestLog;
  readonly csrf: boolean;
  readonly contactCenterSession: boolean;
  readonly baseUrl: () => string;
  readonly comet: CometServer;
}

/** One request that was read and not yet answered. */
export interface RequestContext {
  readonly request: HttpRequest;
  readonly connection: HttpConnection;
  /** The path below the base URL, decoded segment by segment. */
  readonly segments: readonly string[];
  readonly query: URLSearchParams;
  readonly json: unknown;
  readonly identity: Identity;
  readonly faults: InjectedFaults;
  readonly operationNames: readonly string[];
}

/** Adds a request to the log. */
export function logRequest(
  server: ServerContext,
  { request, segments, identity, faults, operationNames }: RequestContext,
  outcome: { readonly status: number; readonly executed: boolean; readonly body?: unknown },
): void {
  const { status, executed, body } = outcome;
  server.log.add({
    at: server.center.clock.now(),
    method: request.method,
    path: `/${segments.join("/")}`,
    ...(identity.agent === undefined ? {} : { user: identity.agent.user }),
    ...(operationNames.length === 0 ? {} : { operationName: operationNames.join(",") }),
    executed,
    answered: faults.loseRequest || faults.loseAnswer ? "lost" : status,
    // Responses to GET are left out: a thousand lists with their transcripts would stay in memory.
    ...(body === undefined || request.method === "GET" ? {} : { answer: body }),
  });
}
