import { expect, test } from "vitest";
import { gws851 } from "../../src/links/gws/index.ts";
import { sample } from "../recorded/read.ts";

const { readAnswer } = gws851;
const acknowledged = { kind: "acknowledged" };
const unanswered = { kind: "unanswered" };
const unauthenticated = { kind: "unauthenticated" };
const refused = (code: number | undefined, message?: string) => ({ kind: "refused", code, message });

test.each([
  ["8.5.1-interaction-operation-success-response", { statusCode: 0 }],
  ["8.5.2-email-operation-response", { statusCode: 0 }],
  ["8.5.2-email-cancel-response", { status: 0 }],
  ["8.5.2-channel-state-control-response", { statusCode: "0" }],
  ["8.5.1-channel-set-success-response", { status: "ok" }],
  ["8.5.2-chat-consult-response", { statusCode: 0, referenceId: 35 }],
])("the printed answer %s is a success", (name, printed) => {
  expect(sample(name)).toEqual(printed);
  expect(readAnswer(200, sample(name))).toEqual(acknowledged);
});

test("the printed answer to one who is not signed in asks to sign in", () => {
  expect(readAnswer(200, sample("8.5.2-unauthenticated-response.partial"))).toEqual(unauthenticated);
});

const said = "No such user";

test.each([
  [{ statusCode: 2, statusMessage: said }, refused(2, said)],
  [{ statusCode: "2", statusMessage: said }, refused(2, said)],
  [{ status: 2, statusMessage: said }, refused(2, said)],
  [{ status: "error", errorDescription: said }, refused(4, said)],
  [{ status: "error" }, refused(4)],
  [{ statusCode: 6 }, refused(6)],
])("a failure spelt %j is a refusal, under any HTTP status", (body, answer) => {
  for (const http of [200, 400, 403, 404, 500, 503]) expect(readAnswer(http, body)).toEqual(answer);
});

test("partial success of a request for many counts as success", () => {
  expect(readAnswer(200, { statusCode: 7 })).toEqual(acknowledged);
});

test("every documented code but success, partial success and 'not authenticated' is a refusal", () => {
  const refusals = Array.from({ length: 19 }, (_, index) => index + 1).filter((code) => code !== 7);
  for (const code of refusals) expect(readAnswer(200, { statusCode: code })).toEqual(refused(code));
  for (const http of [200, 401, 500]) expect(readAnswer(http, { statusCode: 20 })).toEqual(unauthenticated);
});

test.each([
  ["401 without a body", 401, undefined, unauthenticated],
  ["401 with a body of success", 401, { statusCode: 0 }, unauthenticated],
  ["403 with the text about the CSRF token", 403, undefined, unauthenticated],
  ["403 with a body of success", 403, { statusCode: 0 }, unauthenticated],
  ["404 without a body", 404, undefined, refused(undefined, "HTTP 404")],
  ["404 with words only", 404, { statusMessage: said }, refused(undefined, said)],
  ["500 without a body: it may have happened", 500, undefined, unanswered],
  ["500 with a body of success: it may have taken effect", 500, { statusCode: 0 }, unanswered],
  ["502 from a proxy: it may have happened", 502, undefined, unanswered],
  ["503: it did not begin", 503, undefined, refused(undefined, "HTTP 503")],
  ["a redirect to a login page", 302, undefined, unanswered],
  ["200 with a login page", 200, undefined, unanswered],
  ["200 with an empty object", 200, {}, unanswered],
  ["200 with a list", 200, [{ statusCode: 0 }], unanswered],
  ["200 with a number", 200, 0, unanswered],
  ["200 with null", 200, null, unanswered],
  ["200 with words instead of a code", 200, { statusCode: "fine" }, unanswered],
  ["200 with an object instead of a code", 200, { statusCode: {} }, unanswered],
  ["no HTTP status at all", 0, undefined, unanswered],
])("%s", (_, http, body, answer) => {
  expect(readAnswer(http, body)).toEqual(answer);
});

test("a body that only repeats the HTTP status is not the server's word that nothing changed", () => {
  const body = { timestamp: 1, status: 500, error: "Internal Server Error", path: "/api/v2/me" };
  expect(readAnswer(500, body)).toEqual(unanswered);
  expect(readAnswer(404, { status: 404, error: "Not Found" })).toEqual(refused(undefined, "HTTP 404"));
});

test("a very long message of the server is cut", () => {
  const answer = readAnswer(200, { statusCode: 4, statusMessage: "x".repeat(100_000) });
  expect(answer.kind === "refused" && answer.message).toHaveLength(1000);
});
