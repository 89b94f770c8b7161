import type { ServerResponse } from "node:http";
import { failed } from "./answer.ts";
import { readBayeuxRequest } from "./bayeux-request.ts";
import { hasCsrfToken, missingCsrf, notAuthenticated } from "./gate.ts";
import { noSuchPath } from "./rest-routes.ts";
import type { Serving, Visit } from "./visit.ts";
import { note, reply, suffer } from "./visit.ts";

/** Deals with a request below `/notifications`. */
export function serveComet(serving: Serving, visit: Visit): void {
  const { request, response, claim, suffering } = visit;
  if (visit.method !== "POST" || visit.segments.length > 2) return reply(serving, visit, noSuchPath());
  // Basic credentials do not open this door: Genesys authorises CometD by the cookie of an earlier GET.
  if (claim.agent === undefined || claim.session === undefined)
    return reply(serving, visit, notAuthenticated());
  if (serving.csrf && !hasCsrfToken(request, claim.session)) return reply(serving, visit, missingCsrf());
  const messages = readBayeuxRequest(visit.json);
  if (typeof messages === "string") return reply(serving, visit, failed(400, 4, messages));
  note(serving, visit, suffering.loseAnswer ? "lost" : 200, true);
  sendLater(response, (send) => suffer(serving, visit, send));
  serving.bayeux().handle(request, response, messages, claim.agent.user);
}

/** Lets the faults decide when an answer that the CometD library writes leaves, if at all. */
function sendLater(response: ServerResponse, decide: (send: () => void) => void): void {
  const end = response.end.bind(response) as (content?: unknown) => void;
  response.end = ((content?: unknown) => {
    decide(() => end(content));
    return response;
  }) as ServerResponse["end"];
}
