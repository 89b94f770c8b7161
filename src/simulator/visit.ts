import type { IncomingMessage, ServerResponse } from "node:http";
import type { Answer } from "./answer.ts";
import type { Bayeux } from "./bayeux.ts";
import type { ContactCenter } from "./contact-center.ts";
import type { FaultRules, Suffering } from "./faults.ts";
import type { Claim } from "./gate.ts";
import type { HttpSessions } from "./http-sessions.ts";
import type { Outbox } from "./outbox.ts";
import type { RequestLog } from "./request-log.ts";

/** What serving a request leans on. */
export interface Serving {
  readonly center: ContactCenter;
  readonly sessions: HttpSessions;
  readonly rules: FaultRules;
  readonly outbox: Outbox;
  readonly log: RequestLog;
  readonly csrf: boolean;
  readonly contactCenterSession: boolean;
  readonly baseUrl: () => string;
  /** The present CometD server, made when first needed; a restart makes another. */
  readonly bayeux: () => Bayeux;
  readonly belongsTo: (request: IncomingMessage, user: string) => void;
}

/** One request, read but not yet dealt with. */
export interface Visit {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly method: string;
  readonly segments: readonly string[];
  readonly query: URLSearchParams;
  readonly json: unknown;
  readonly claim: Claim;
  readonly suffering: Suffering;
  readonly operationNames: readonly string[];
}

/** Notes and answers, as far as the faults allow. */
export function reply(serving: Serving, visit: Visit, answer: Answer): void {
  note(serving, visit, visit.suffering.loseAnswer ? "lost" : answer.status, answer.done, answer.body);
  suffer(serving, visit, () => write(visit.response, answer));
}

/** Does what sends the answer: at once, later, or never. */
export function suffer(serving: Serving, { request, suffering }: Visit, send: () => void): void {
  const act = suffering.loseAnswer ? () => void request.socket.destroy() : send;
  if (suffering.delay === undefined) act();
  else serving.center.timers.after(suffering.delay, act);
}

export function note(
  serving: Serving,
  visit: Visit,
  answered: number | "lost",
  executed: boolean,
  answer?: unknown,
): void {
  const { method, segments, claim, operationNames } = visit;
  serving.log.add({
    at: serving.center.clock.now(),
    method,
    path: `/${segments.join("/")}`,
    ...(claim.agent === undefined ? {} : { user: claim.agent.user }),
    ...(operationNames.length === 0 ? {} : { operationName: operationNames.join(",") }),
    executed,
    answered,
    // Not of what is only read: a thousand lists with their transcripts would be kept in memory.
    ...(answer === undefined || method === "GET" ? {} : { answer }),
  });
}

export function write(response: ServerResponse, { status, headers, body }: Answer): void {
  const isText = typeof body === "string";
  response.writeHead(status, {
    "Content-Type": isText ? "text/plain;charset=utf-8" : "application/json;charset=utf-8",
    ...headers,
  });
  response.end(isText ? body : JSON.stringify(body));
}
