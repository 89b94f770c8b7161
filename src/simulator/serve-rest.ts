import type { SimAgent } from "./interaction.ts";
import { hasCsrfToken, missingCsrf, notAuthenticated } from "./authenticate.ts";
import { csrfHeader, sessionCookie } from "./http-sessions.ts";
import { isObject } from "./operation.ts";
import type { RequestContext, ServerContext } from "./request-context.ts";
import { type RestResponse, failure } from "./rest-response.ts";
import { answerRest } from "./rest-routes.ts";

/**
 * Answers a REST request. The notifications that an operation causes leave before or after its response, as the
 * behaviour says.
 */
export async function serveRest(server: ServerContext, context: RequestContext): Promise<RestResponse> {
  const { request, connection, identity, faults } = context;
  const { agent } = identity;
  if (agent === undefined) return notAuthenticated();
  const isReading = request.method === "GET" || request.method === "HEAD";
  if (server.csrf && !isReading && !hasCsrfToken(request, identity.session)) return missingCsrf();
  if (isReading) return execute(server, context, agent);
  const { order } = server.center.behaviour;
  const isAnswerFirst = order === "seeded" ? server.center.chance("order")() < 0.5 : order === "answer-first";
  if (isAnswerFirst && faults.delay === undefined) {
    void connection.sent().then(server.outbox.hold(agent.user));
    return execute(server, context, agent);
  }
  const response = execute(server, context, agent);
  await connection.readByClients();
  return response;
}

function execute(server: ServerContext, context: RequestContext, agent: SimAgent): RestResponse {
  const { center, sessions, csrf, contactCenterSession } = server;
  const { request, segments, query, json, identity } = context;
  const { method } = request;
  const session = identity.session ?? sessions.open(agent.user);
  const response =
    json === undefined || isObject(json)
      ? answerRest(method, {
          center,
          agent,
          baseUrl: server.baseUrl(),
          segments,
          query,
          body: json ?? {},
          contactCenterSession,
          endSession: () => sessions.close(session),
        })
      : failure(400, 1, "The body is not a JSON object.");
  const headers = {
    ...response.headers,
    ...(identity.session === undefined ? { "Set-Cookie": sessionCookie(session) } : {}),
    ...(csrf && method === "GET" ? { "X-CSRF-HEADER": csrfHeader, [csrfHeader]: session.csrfToken } : {}),
  };
  return { ...response, headers };
}
