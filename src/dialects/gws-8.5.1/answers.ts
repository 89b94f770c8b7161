import type { ServerAnswer } from "../../domain/request.ts";
import { isSource, type Source } from "../fields.ts";

const acknowledged: ServerAnswer = { kind: "acknowledged" };
const unauthenticated: ServerAnswer = { kind: "unauthenticated" };
const unanswered: ServerAnswer = { kind: "unanswered" };

/** statusCode 7, partial success of a bulk request, counts as success; 20 is "not authenticated" (section 7). */
const partialSuccess = 7;
const notAuthenticated = 20;

/**
 * Reads the answer to a request. Success and failure each come in four spellings: `statusCode` as a number or as
 * text, `status` as a number, and `status: "ok" | "error"` (PROTOCOL section 7). An HTTP status of failure wins
 * over a body of success, and the other way round.
 */
export function readAnswer(httpStatus: number, body: unknown): ServerAnswer {
  const source = isSource(body) ? body : undefined;
  const stated = source && statusCode(source);
  // A container in front of the server repeats the HTTP status as `status`; that is not the server's own word.
  const code = stated === httpStatus ? undefined : stated;
  const hasRefused = code !== undefined && code !== 0 && code !== notAuthenticated;
  if (httpStatus === 401 || code === notAuthenticated) return unauthenticated;
  // Without a code of its own a 403 is about the CSRF token or the session, not about the operation.
  if (httpStatus === 403 && !hasRefused) return unauthenticated;
  const isSuccess = httpStatus >= 200 && httpStatus < 300;
  if (isSuccess && (code === 0 || code === partialSuccess)) return acknowledged;
  if (hasRefused) return { kind: "refused", code, message: message(source) };
  if (isSuccess || (httpStatus >= 300 && httpStatus < 400)) return unanswered;
  // Without the server's own code, a failure on its side may have come after the change; only 503 means that it did
  // not begin.
  if ((httpStatus >= 500 && httpStatus !== 503) || httpStatus < 200) return unanswered;
  return { kind: "refused", code: undefined, message: message(source) ?? `HTTP ${httpStatus}` };
}

/** 0 for success, another number for failure, `undefined` when the body has none. */
function statusCode(source: Source): number | undefined {
  const value = source["statusCode"] ?? source["status"];
  if (typeof value === "number") return value;
  if (typeof value !== "string") return undefined;
  if (value === "ok") return 0;
  // The generic code of failure: this spelling has none of its own.
  if (value === "error") return 4;
  return /^\d{1,9}$/.test(value) ? Number(value) : undefined;
}

function message(source: Source | undefined): string | undefined {
  const value = source?.["statusMessage"] ?? source?.["errorDescription"];
  return typeof value === "string" ? value.slice(0, 1000) : undefined;
}
