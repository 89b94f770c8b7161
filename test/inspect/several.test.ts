import { createInspector, type StatelyInspectionEvent } from "@statelyai/inspect";
import { inspectDesk } from "deskstate/inspect";
import { expect, test } from "vitest";
import { until } from "../link/until.ts";
import { email, handDesk } from "../desk/hand-desk.ts";
import { drawn } from "./drawn.ts";

function keepingInspector() {
  const received: StatelyInspectionEvent[] = [];
  return { received, inspector: createInspector({ send: (event) => void received.push(event) }) };
}

test("two inspectors of one desk receive the same, whenever each attached", async () => {
  const [early, late] = [keepingInspector(), keepingInspector()];
  const { desk, notify } = await handDesk({ inspect: early.inspector.inspect });
  notify(email("e", "Invited"));
  inspectDesk(desk, late.inspector);
  notify(email("e", "Accepted"));
  await until("it arrived", () => drawn(late.received)["e"]?.states.at(-1) === "Accepted");
  expect(drawn(early.received)["e"]!.states).toEqual(["Unknown", "Invited", "Accepted"]);
  expect(drawn(late.received)["e"]!.states).toEqual(["Invited", "Accepted"]);
  expect(early.received.at(-1)!.sessionId).toBe(late.received.at(-1)!.sessionId);
});

test("two desks in one process have inspectors of their own", async () => {
  const [ana, ben] = [keepingInspector(), keepingInspector()];
  const [first, second] = [await handDesk(), await handDesk()];
  inspectDesk(first.desk, ana.inspector);
  inspectDesk(second.desk, ben.inspector);
  first.notify(email("of Ana", "Invited"));
  second.notify(email("of Ben", "Invited"));
  await until("both arrived", () => "of Ana" in drawn(ana.received) && "of Ben" in drawn(ben.received));
  expect(drawn(ana.received)).not.toHaveProperty("of Ben");
  expect(drawn(ben.received)).not.toHaveProperty("of Ana");
});

test("two desks with the same interaction can share an inspector without being mixed up", async () => {
  const { received, inspector } = keepingInspector();
  const [first, second] = [await handDesk(), await handDesk()];
  for (const { desk } of [first, second]) inspectDesk(desk, inspector);
  first.notify(email("e", "Invited"));
  second.notify(email("e", "Accepted"));
  await until("both arrived", () => received.length >= 2 * (2 * 3 + 5));
  const sessions = new Set(
    received.flatMap((event) => (event.type === "@xstate.actor" ? [event.sessionId] : [])),
  );
  expect(sessions.size).toBe(2 * 4);
});
