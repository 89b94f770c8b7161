import { expect, test } from "vitest";
import type { SimHttpRequest } from "../../src/simulator/http.ts";
import { createHttpSessions } from "../../src/simulator/http-sessions.ts";

test("clients that never keep their cookie do not fill the memory: the oldest sessions are dropped", () => {
  let tokens = 0;
  const sessions = createHttpSessions(new Map(), () => `token${++tokens}`, 3);
  const ids = Array.from({ length: 5 }, () => sessions.open("agent1").id);
  const kept = ids.filter((id) => {
    const request: SimHttpRequest = {
      method: "GET",
      url: "/me",
      header: (name) => (name === "cookie" ? `JSESSIONID=${id}` : null),
      body: new Uint8Array(),
    };
    return sessions.authenticate(request).session !== undefined;
  });
  expect(kept).toEqual(ids.slice(2));
});
