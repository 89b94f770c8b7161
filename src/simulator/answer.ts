import type { AnswerSpelling } from "./behaviour.ts";
import type { Refusal } from "./operation.ts";

/** One HTTP answer, before it is written. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** A text is sent as it is; anything else as JSON. */
  readonly body: unknown;
  /** Was what was asked for done? */
  readonly done: boolean;
}

export function ok(body: Readonly<Record<string, unknown>> = {}): Answer {
  return { status: 200, body: { statusCode: 0, ...body }, done: true };
}

export function failed(status: number, statusCode: number, statusMessage: string): Answer {
  return { status, body: { statusCode, statusMessage }, done: false };
}

/** How an operation that was done is answered. */
export function doneAnswer(spelling: AnswerSpelling): Answer {
  return { status: 200, body: doneBodies[spelling], done: true };
}

const doneBodies: Readonly<Record<AnswerSpelling, unknown>> = {
  statusCode: { statusCode: 0 },
  status0: { status: 0 },
  string: { statusCode: "0" },
  "status-ok": { status: "ok" },
};

/** How an operation that was refused is answered. */
export function refusedAnswer(spelling: AnswerSpelling, httpStatus: number, refusal: Refusal): Answer {
  return { status: httpStatus, body: refusedBody(spelling, refusal), done: false };
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

/** The HTTP status that means the same as a status code; the documents give no table. */
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
