import type { AnswerSpelling } from "./behaviour.ts";
import type { Refusal } from "./operation.ts";

/** A response of the REST interface before it is serialised. */
export interface RestResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** A string is sent unchanged; anything else as JSON. */
  readonly body: unknown;
  /** Whether the request was carried out. */
  readonly executed: boolean;
}

export function ok(body: Readonly<Record<string, unknown>> = {}): RestResponse {
  return { status: 200, body: { statusCode: 0, ...body }, executed: true };
}

export function failure(status: number, statusCode: number, statusMessage: string): RestResponse {
  return { status, body: { statusCode, statusMessage }, executed: false };
}

/** Returns the response to an operation that was executed. */
export function executedResponse(spelling: AnswerSpelling): RestResponse {
  return { status: 200, body: executedBodies[spelling], executed: true };
}

const executedBodies: Readonly<Record<AnswerSpelling, unknown>> = {
  statusCode: { statusCode: 0 },
  status0: { status: 0 },
  string: { statusCode: "0" },
  "status-ok": { status: "ok" },
};

/** Returns the response to an operation that was refused. */
export function refusedResponse(
  spelling: AnswerSpelling,
  httpStatus: number,
  refusal: Refusal,
): RestResponse {
  return { status: httpStatus, body: refusedBody(spelling, refusal), executed: false };
}

function refusedBody(spelling: AnswerSpelling, { statusCode, statusMessage }: Refusal): unknown {
  switch (spelling) {
    case "statusCode":
      return { statusCode, statusMessage };
    case "status0":
      return { status: statusCode, statusMessage };
    case "string":
      return { statusCode: String(statusCode), statusMessage };
    case "status-ok":
      return { status: "error", errorDescription: statusMessage };
  }
}

/** Returns the HTTP status that means the same as a status code; the documents give no table. */
export function matchingHttpStatus(statusCode: number): number {
  switch (statusCode) {
    case 1:
      return 400;
    case 2:
      return 409;
    case 3:
    case 5:
      return 403;
    case 6:
      return 404;
    case 20:
      return 401;
    default:
      return 500;
  }
}
