import { readBayeuxRequest } from "./comet/bayeux-request.ts";
import { type CometServer, browserCookie } from "./comet/comet-server.ts";
import type { ContactCenter, SimAgent } from "./contact-center.ts";
import type { FaultRules, InjectedFaults, RefuseWith } from "./faults.ts";
import {
  type HttpConnection,
  type SimHttpRequest,
  type HttpResponse,
  type RestResponse,
  failure,
  readCookie,
  readJson,
  textResponse,
} from "./http.ts";
import {
  type HttpSessions,
  type Identity,
  csrfHeader,
  hasCsrfToken,
  missingCsrf,
  notAuthenticated,
} from "./http-sessions.ts";
import { isJsonObject } from "./operations.ts";
import type { Outbox } from "./outbox.ts";
import type { RequestLog } from "./request-log.ts";
import { answerRest, noSuchPath } from "./rest-routes.ts";

const basePath = "/api/v2";

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
interface RequestContext extends Identity {
  readonly server: ServerContext;
  readonly request: SimHttpRequest;
  readonly connection: HttpConnection;
  /** The path below the base URL, decoded segment by segment. */
  readonly segments: readonly string[];
  readonly query: URLSearchParams;
  readonly json: unknown;
  readonly faults: InjectedFaults;
  readonly operationNames: readonly string[];
}

interface ServedResponse extends RestResponse {
  /** A CometD request is logged when it arrives, because its response may be held. */
  readonly isLogged?: boolean;
}

/** Answers one HTTP request; `undefined` cuts the connection instead. Never rejects. */
export async function serveRequest(
  server: ServerContext,
  request: SimHttpRequest,
  connection: HttpConnection,
): Promise<HttpResponse | undefined> {
  try {
    return await answer(server, request, connection);
  } catch (error) {
    return textResponse(failure(500, 4, `The simulator failed: ${String(error)}`));
  }
}

async function answer(
  server: ServerContext,
  request: SimHttpRequest,
  connection: HttpConnection,
): Promise<HttpResponse | undefined> {
  const target = readTarget(request.url);
  if (target === undefined) return textResponse(failure(400, 4, "The path cannot be read."));
  const { segments } = target;
  const isComet = segments[0] === "notifications";
  const { json, refused } = readJson(request);
  const identity = server.sessions.authenticate(request);
  const user = identity.agent?.user;
  if (user !== undefined) connection.identify(user);
  const operationNames = namesOf(json, isComet);
  const faults = server.rules.inject({ user, operationNames, path: `/${segments.join("/")}`, isComet });
  const context = { ...target, ...identity, server, request, connection, json, faults, operationNames };
  if (faults.loseRequest) {
    logRequest(context, { status: 0, executed: false });
    return undefined;
  }
  const early = faults.refuse === undefined ? refused : refusedByFault(faults.refuse);
  const response: ServedResponse = early ?? (await (isComet ? serveComet : serveRest)(context));
  if (response.isLogged !== true) logRequest(context, response);
  const { delay, loseAnswer } = faults;
  if (delay !== undefined) await new Promise<void>((resolve) => server.center.timers.after(delay, resolve));
  return loseAnswer ? undefined : textResponse(response);
}

/** Adds a request to the log. */
function logRequest(
  { server, request, segments, agent, faults, operationNames }: RequestContext,
  {
    status,
    executed,
    body,
  }: { readonly status: number; readonly executed: boolean; readonly body?: unknown },
): void {
  server.log.add({
    at: server.center.clock.now(),
    method: request.method,
    path: `/${segments.join("/")}`,
    ...(agent === undefined ? {} : { user: agent.user }),
    ...(operationNames.length === 0 ? {} : { operationName: operationNames.join(",") }),
    executed,
    answered: faults.loseRequest || faults.loseAnswer ? "lost" : status,
    // Responses to GET are left out: a thousand lists with their transcripts would stay in memory.
    ...(body === undefined || request.method === "GET" ? {} : { answer: body }),
  });
}

/**
 * Answers a REST request. The notifications that an operation causes leave before or after its response, as the
 * behaviour demands.
 */
async function serveRest(context: RequestContext): Promise<RestResponse> {
  const { server, request, connection, agent, session, faults } = context;
  if (agent === undefined) return notAuthenticated();
  const isReading = request.method === "GET" || request.method === "HEAD";
  if (server.csrf && !isReading && !hasCsrfToken(request, session)) return missingCsrf();
  if (isReading) return execute(context, agent);
  const { behaviour, chance } = server.center;
  const isAnswerFirst =
    behaviour.order === "seeded" ? chance("order")() < 0.5 : behaviour.order === "answer-first";
  if (isAnswerFirst && faults.delay === undefined) {
    void connection.sent().then(server.outbox.hold(agent.user));
    return execute(context, agent);
  }
  const response = execute(context, agent);
  await connection.readByClients();
  return response;
}

function execute(
  { server, request, segments, query, json = {}, ...identity }: RequestContext,
  agent: SimAgent,
) {
  const { center, sessions, csrf, contactCenterSession, baseUrl } = server;
  const { method } = request;
  const session = identity.session ?? sessions.open(agent.user);
  const endSession = () => sessions.close(session);
  const rest = { center, agent, baseUrl: baseUrl(), segments, query, contactCenterSession, endSession };
  const response = isJsonObject(json)
    ? answerRest(method, { ...rest, body: json })
    : failure(400, 1, "The body is not a JSON object.");
  const cookie = { "Set-Cookie": `JSESSIONID=${session.id}; Path=/api; HttpOnly` };
  const headers = {
    ...response.headers,
    ...(identity.session === undefined ? cookie : {}),
    ...(csrf && method === "GET" ? { "X-CSRF-HEADER": csrfHeader, [csrfHeader]: session.csrfToken } : {}),
  };
  return { ...response, headers };
}

/** Answers a request below `/notifications`. */
async function serveComet(context: RequestContext): Promise<ServedResponse> {
  const { server, request, segments, json, agent, session } = context;
  if (request.method !== "POST" || segments.length > 2) return noSuchPath();
  // Basic credentials are not enough: Genesys authorises CometD by the cookie of an earlier GET.
  if (agent === undefined || session === undefined) return notAuthenticated();
  if (server.csrf && !hasCsrfToken(request, session)) return missingCsrf();
  const messages = readBayeuxRequest(json);
  if (typeof messages === "string") return failure(400, 4, messages);
  logRequest(context, { status: 200, executed: true });
  const { browser, ...response } = await server.comet.handle({
    user: agent.user,
    browser: readCookie(request, browserCookie),
    messages,
  });
  const headers = {
    "Content-Type": "application/json;charset=utf-8",
    ...(browser === undefined ? {} : { "Set-Cookie": `${browserCookie}=${browser}; Path=/; HttpOnly` }),
  };
  return { ...response, headers, executed: true, isLogged: true };
}

/** Returns the path below the base, decoded segment by segment; `undefined` when it cannot be decoded. */
function readTarget(url: string): Pick<RequestContext, "segments" | "query"> | undefined {
  try {
    const { pathname, searchParams: query } = new URL(url, "http://127.0.0.1");
    if (pathname !== basePath && !pathname.startsWith(`${basePath}/`)) return { segments: [], query };
    const path = pathname.slice(basePath.length + 1);
    return { segments: path.split("/").map(decodeURIComponent), query };
  } catch {
    return undefined;
  }
}

function namesOf(json: unknown, isComet: boolean): string[] {
  const candidates = isComet && Array.isArray(json) ? json : [json];
  return candidates.flatMap((candidate: unknown) => {
    const name = isJsonObject(candidate) ? candidate[isComet ? "channel" : "operationName"] : undefined;
    return typeof name === "string" ? [name.slice(0, 100)] : [];
  });
}

function refusedByFault({
  httpStatus = 200,
  statusCode = 4,
  headers = {},
  ...answer
}: RefuseWith): RestResponse {
  const { statusMessage = "Refused by an injected fault." } = answer;
  const body = answer.body ?? { statusCode, statusMessage };
  return { status: httpStatus, headers, body, executed: false };
}
