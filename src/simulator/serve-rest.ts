import { finished } from "node:stream";
import type { Agent } from "./agent.ts";
import type { Answer } from "./answer.ts";
import { failed } from "./answer.ts";
import { hasCsrfToken, missingCsrf, notAuthenticated } from "./gate.ts";
import { csrfHeader, sessionCookie } from "./http-sessions.ts";
import { isObject } from "./operation.ts";
import { answerRest } from "./rest-routes.ts";
import type { Serving, Visit } from "./visit.ts";
import { reply } from "./visit.ts";

/** Deals with a REST request; what an operation causes leaves before or after its answer, as the behaviour says. */
export function serveRest(serving: Serving, visit: Visit): void {
  const { request, claim, method } = visit;
  const { agent } = claim;
  if (agent === undefined) return reply(serving, visit, notAuthenticated());
  const isReading = method === "GET" || method === "HEAD";
  if (serving.csrf && !isReading && !hasCsrfToken(request, claim.session)) {
    return reply(serving, visit, missingCsrf());
  }
  if (isReading) return reply(serving, visit, carryOut(serving, visit, agent));
  const { order } = serving.center.behaviour;
  const isAnswerFirst =
    order === "seeded" ? serving.center.chance("order")() < 0.5 : order === "answer-first";
  if (isAnswerFirst && visit.suffering.delay === undefined) {
    const release = serving.outbox.hold(agent.user);
    finished(visit.response, () => afterTurns(release));
    reply(serving, visit, carryOut(serving, visit, agent));
  } else {
    const answer = carryOut(serving, visit, agent);
    afterTurns(() => reply(serving, visit, answer));
  }
}

/**
 * Lets a client in the same process read what was just written, before the next is written: answer and
 * notification travel on different connections, which keep no order between them.
 */
function afterTurns(run: () => void, turns = 4): void {
  setImmediate(() => (turns > 1 ? afterTurns(run, turns - 1) : run()));
}

function carryOut(serving: Serving, visit: Visit, agent: Agent): Answer {
  const { center, sessions, csrf, contactCenterSession } = serving;
  const { method, segments, query, json, claim } = visit;
  const session = claim.session ?? sessions.open(agent.user);
  const answer =
    json === undefined || isObject(json)
      ? answerRest(method, {
          center,
          agent,
          baseUrl: serving.baseUrl(),
          segments,
          query,
          body: json ?? {},
          contactCenterSession,
          endSession: () => sessions.close(session),
        })
      : failed(400, 1, "The body is not a JSON object.");
  const headers = {
    ...answer.headers,
    ...(claim.session === undefined ? { "Set-Cookie": sessionCookie(session) } : {}),
    ...(csrf && method === "GET" ? { "X-CSRF-HEADER": csrfHeader, [csrfHeader]: session.csrfToken } : {}),
  };
  return { ...answer, headers };
}
