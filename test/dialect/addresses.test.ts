import fc from "fast-check";
import { expect, test } from "vitest";
import { DeskError } from "../../src/index.ts";
import type { OperationRequest } from "../../src/index.ts";
import { gws851 } from "../../src/links/gws/index.ts";

const base = "https://gws.example/api/v2";
const prefixes = { interaction: "/api/v2/me/interactions/", channel: "/api/v2/me/channels/" };

const requests = (name: string): OperationRequest[] => [
  ...[...gws851.rules.interaction].flatMap(([kind, table]) =>
    [...table.values()].map(({ operation, operationName }) => ({
      operation,
      operationName,
      parameters: {},
      target: {
        about: "interaction",
        id: name,
        kind,
        channel: kind,
        outQueues: undefined,
        data: {},
      } as const,
    })),
  ),
  ...[...gws851.rules.channel.values()].map(({ operation, operationName }) => ({
    operation,
    operationName,
    parameters: {},
    target: { about: "channel", channel: name } as const,
  })),
];

/** The address that is asked for, after everything that makes a URL of it. */
function address(request: OperationRequest): URL | undefined {
  try {
    return new URL(base + gws851.encode(request).path);
  } catch (error) {
    if (error instanceof DeskError && error.code === "invalid-arguments") return undefined;
    throw error;
  }
}

/** The address leads to one thing of the agent's with exactly this name, or is never made. */
function expectSafe(name: string): void {
  for (const request of requests(name)) {
    const url = address(request);
    if (url === undefined) continue;
    const prefix = prefixes[request.target.about];
    expect(url.origin).toBe("https://gws.example");
    expect(url.search + url.hash + url.username).toBe("");
    expect(url.pathname.startsWith(prefix)).toBe(true);
    const segment = url.pathname.slice(prefix.length);
    expect(segment).not.toBe("");
    expect(segment).not.toContain("/");
    expect(decodeURIComponent(segment)).toBe(name);
  }
}

const refused = [
  "",
  ".",
  "..",
  "a/b",
  "../../admin",
  "/",
  "\\",
  "..\\..",
  "a\u0000",
  "a\r\nHost: x",
  "\u007f",
];

test.each([...refused, "\u0085", "\ud800", "a\udc00", "x".repeat(257)])(
  "the id %j never becomes part of an address",
  (name) => {
    for (const request of requests(name)) expect(address(request)).toBeUndefined();
  },
);

test.each([
  "00002a94345B0MXX",
  "a?x=1",
  "a#b",
  "a b",
  "%2e%2e",
  ".%2e",
  "%2F..%2F",
  "...",
  "@evil.example",
  "//evil.example".replaceAll("/", ":"),
  "__proto__",
  "constructor",
  "ü€😀",
  "a;b=c",
  "a&b",
  "a'b\"c<script>",
])("the id %j stays one segment of the address", (name) => {
  expect(address(requests(name)[0]!)).toBeDefined();
  expectSafe(name);
});

test("no id whatever leads to another address", () => {
  const hostile = fc.constantFrom(
    "/",
    "\\",
    ".",
    "..",
    "%",
    "%2e",
    "%2f",
    "?",
    "#",
    "@",
    ":",
    "\u0000",
    "\n",
    "é",
    "a",
  );
  const ids = fc.oneof(
    fc.string({ unit: "binary", maxLength: 12 }),
    fc.array(hostile, { maxLength: 6 }).map((parts) => parts.join("")),
  );
  fc.assert(fc.property(ids, expectSafe), { numRuns: 2000 });
});

test("the fixed addresses of a session and its lists stay below the base", () => {
  const { signIn, begin, end } = gws851.session;
  for (const request of [signIn, begin!(["chat"]), end!, ...gws851.lists.map((list) => list.request)]) {
    expect(new URL(base + request.path).pathname).toMatch(/^\/api\/v2\/me(\/(channels|interactions))?$/);
  }
});
