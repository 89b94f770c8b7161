import { expect, test } from "vitest";
import { createRequestLog } from "../../src/simulator/request-log.ts";

test("the log keeps the last 1000 requests", () => {
  const log = createRequestLog();
  for (let at = 1; at <= 1_100; at++) {
    log.add({ at, method: "GET", path: "/me", executed: true, answered: 200 });
  }
  expect(log.entries).toHaveLength(1_000);
  expect(log.entries[0]?.at).toBe(101);
});
