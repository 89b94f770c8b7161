import { authenticate, hasCsrfToken, missingCsrf, notAuthenticated } from "./authenticate.ts";
import { readBayeuxRequest } from "./comet/bayeux-request.ts";
import { browserCookie } from "./comet/comet-server.ts";
import type { RefuseWith } from "./faults.ts";
import {
  type HttpConnection,
  type HttpRequest,
  type HttpResponse,
  readCookie,
  readJson,
  textResponse,
} from "./http.ts";
import { isObject } from "./operation.ts";
import { type RequestContext, type ServerContext, logRequest } from "./request-context.ts";
import { type RestResponse, failure } from "./rest-response.ts";
import { noSuchPath } from "./rest-routes.ts";
import { serveRest } from "./serve-rest.ts";

const basePath = "/api/v2";

/** Answers one HTTP request; `undefined` cuts the connection instead. Never rejects. */
export async function serveRequest(
  server: ServerContext,
  request: HttpRequest,
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
  request: HttpRequest,
  connection: HttpConnection,
): Promise<HttpResponse | undefined> {
  const target = readTarget(request.url);
  if (target === undefined) return textResponse(failure(400, 4, "The path cannot be read."));
  const { segments } = target;
  const isComet = segments[0] === "notifications";
  const body = readJson(request);
  const identity = authenticate(request, server.center.agents, server.sessions);
  if (identity.agent !== undefined) connection.identify(identity.agent.user);
  const json = "json" in body ? body.json : undefined;
  const operationNames = namesOf(json, isComet);
  const path = `/${segments.join("/")}`;
  const faults = server.rules.inject({ user: identity.agent?.user, operationNames, path, isComet });
  const context: RequestContext = { ...target, request, connection, json, identity, faults, operationNames };

  const refused = faults.refuse === undefined ? "refused" in body && body.refused : refusal(faults.refuse);
  if (faults.loseRequest) {
    logRequest(server, context, { status: 0, executed: false });
    return undefined;
  }
  if (refused !== false) return respond(server, context, refused);
  return isComet ? serveComet(server, context) : respond(server, context, await serveRest(server, context));
}

/** Logs and returns a response, as far as the injected faults allow. */
async function respond(
  server: ServerContext,
  context: RequestContext,
  response: RestResponse,
): Promise<HttpResponse | undefined> {
  logRequest(server, context, response);
  return afterFaults(server, context, textResponse(response));
}

async function afterFaults(
  { center }: ServerContext,
  { faults }: RequestContext,
  response: HttpResponse,
): Promise<HttpResponse | undefined> {
  const { delay } = faults;
  if (delay !== undefined) await new Promise<void>((resolve) => center.timers.after(delay, resolve));
  return faults.loseAnswer ? undefined : response;
}

/** Answers a request below `/notifications`. */
async function serveComet(server: ServerContext, context: RequestContext): Promise<HttpResponse | undefined> {
  const { request, segments, json, identity } = context;
  const { agent, session } = identity;
  if (request.method !== "POST" || segments.length > 2) return respond(server, context, noSuchPath());
  // Basic credentials are not enough: Genesys authorises CometD by the cookie of an earlier GET.
  if (agent === undefined || session === undefined) return respond(server, context, notAuthenticated());
  if (server.csrf && !hasCsrfToken(request, session)) return respond(server, context, missingCsrf());
  const messages = readBayeuxRequest(json);
  if (typeof messages === "string") return respond(server, context, failure(400, 4, messages));
  logRequest(server, context, { status: 200, executed: true });
  const { status, body, browser } = await server.comet.handle({
    user: agent.user,
    browser: readCookie(request, browserCookie),
    messages,
  });
  const headers = {
    "Content-Type": "application/json;charset=utf-8",
    ...(browser === undefined ? {} : { "Set-Cookie": `${browserCookie}=${browser}; Path=/; HttpOnly` }),
  };
  return afterFaults(server, context, { status, headers, body });
}

/** Returns the path below the base, decoded segment by segment; `undefined` when it cannot be decoded. */
function readTarget(url: string): Pick<RequestContext, "segments" | "query"> | undefined {
  try {
    const { pathname, searchParams } = new URL(url, "http://127.0.0.1");
    if (pathname !== basePath && !pathname.startsWith(`${basePath}/`))
      return { segments: [], query: searchParams };
    const segments = pathname
      .slice(basePath.length + 1)
      .split("/")
      .map(decodeURIComponent);
    return { segments, query: searchParams };
  } catch {
    return undefined;
  }
}

function namesOf(json: unknown, isComet: boolean): string[] {
  const candidates = isComet && Array.isArray(json) ? json : [json];
  return candidates.flatMap((candidate: unknown) => {
    if (!isObject(candidate)) return [];
    const name = candidate[isComet ? "channel" : "operationName"];
    return typeof name === "string" ? [name.slice(0, 100)] : [];
  });
}

function refusal({
  httpStatus = 200,
  statusCode = 4,
  statusMessage,
  headers,
  body,
}: RefuseWith): RestResponse {
  return {
    status: httpStatus,
    body: body ?? { statusCode, statusMessage: statusMessage ?? "Refused by an injected fault." },
    ...(headers === undefined ? {} : { headers }),
    executed: false,
  };
}
