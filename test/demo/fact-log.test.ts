import { expect, test } from "vitest";
import { FactLog, lastChanged, ledAway } from "../../demo/inspector/fact-log.ts";
import { stateName } from "../../demo/chart/chart-view.tsx";
import { email, handDesk } from "../desk/hand-desk.ts";

function lines(log: FactLog, sessionId: string | undefined): string[] {
  return log
    .of(sessionId)
    .map((seen) => `${seen.fact}${seen.operation ?? ""} ${ledAway(seen) ? "→ " : "= "}${stateName(seen.to)}`);
}

test("each chart has its own list of facts and the states that they led to", async () => {
  const { desk, notify, asked } = await handDesk();
  const log = new FactLog(desk);
  log.follow();
  notify(email("e", "Invited"));
  void desk.interaction("e")?.actions.Accept?.({});
  await asked[0]?.answer({ kind: "acknowledged" });
  notify(email("e", "Accepted"), email("f", "Invited"), email("e", "Revoked"));
  expect(lines(log, desk.interaction("e")?.actor.sessionId)).toEqual([
    "Invited → Invited",
    "OperationSentAccept = Invited",
    "OperationAcknowledged = Invited",
    "Accepted → Accepted",
    "Revoked → Ended.Revoked",
  ]);
  expect(lines(log, desk.interaction("f")?.actor.sessionId)).toEqual(["Invited → Invited"]);
  expect(log.of("unheard of")).toEqual([]);
});

test("the state of a chart when the log starts is not a fact", async () => {
  const { desk, notify, loseLink } = await handDesk();
  notify(email("e", "Invited"));
  const log = new FactLog(desk);
  log.follow();
  expect(log.of(desk.interaction("e")?.actor.sessionId)).toEqual([]);
  loseLink();
  expect(lines(log, desk.connection.actor.sessionId)).toEqual(["Lost → Recovering"]);
});

test("a stopped log receives nothing", async () => {
  const { desk, loseLink } = await handDesk();
  const log = new FactLog(desk);
  log.follow()();
  loseLink();
  expect(log.of(desk.connection.actor.sessionId)).toEqual([]);
});

test("a log that starts again receives each fact once", async () => {
  const { desk, loseLink } = await handDesk();
  const log = new FactLog(desk);
  log.follow()();
  log.follow();
  loseLink();
  expect(lines(log, desk.connection.actor.sessionId)).toEqual(["Lost → Recovering"]);
});

test("only the last facts are kept", async () => {
  const { desk, notify } = await handDesk();
  const log = new FactLog(desk);
  log.follow();
  notify(email("e", "Invited"));
  for (let turn = 0; turn < 80; turn++) notify(email("e", "PropertiesChanged", { userData: { turn } }));
  const facts = log.of(desk.interaction("e")?.actor.sessionId);
  expect(facts).toHaveLength(50);
  expect(facts.every(({ fact }) => fact === "PropertiesChanged")).toBe(true);
});

test("the chart to follow is the one that last went to another state", async () => {
  const { desk, notify, loseLink } = await handDesk();
  const log = new FactLog(desk);
  log.follow();
  notify(email("e", "Invited"));
  const running = { interaction: desk.interaction("e"), connection: desk.connection, channel: undefined };
  expect(lastChanged(running, log.getSnapshot())?.tab).toBe("interaction");
  loseLink();
  expect(lastChanged(running, log.getSnapshot())?.tab).toBe("connection");
  loseLink();
  notify(email("e", "PropertiesChanged"));
  expect(lastChanged(running, log.getSnapshot())?.tab).toBe("connection");
  expect(lastChanged({}, log.getSnapshot())).toBeUndefined();
});
