import { describe, expect, test } from "vitest";
import { Labels } from "../../src/cli/labels.ts";
import { Log } from "../../src/cli/log.ts";
import { paintFor } from "../../src/cli/paint.ts";
import { follow, together, type Operate } from "../../src/cli/reporter.ts";
import { Tally } from "../../src/cli/tally.ts";
import { chatContent, liveDesk, offered, taken, type LiveDesk } from "./live-desk.ts";

interface Logged extends LiveDesk {
  readonly reporter: ReturnType<typeof together>;
  readonly operate: Operate;
  readonly tally: Tally;
  /** What was written since the last time. */
  readonly fresh: () => string[];
}

async function logged(): Promise<Logged> {
  const live = await liveDesk();
  let written = "";
  const tally = new Tally();
  const log = new Log({
    write: (line) => (written += line),
    labels: new Labels(),
    paint: paintFor({}),
    elapsed: () => 1500,
  });
  const reporter = together([tally, log]);
  const operate = follow(live.desk, reporter);
  return {
    ...live,
    reporter,
    operate,
    tally,
    fresh: () => {
      const lines = written.split("\n").slice(0, -1);
      written = "";
      return lines;
    },
  };
}

const time = "  1.50s  ";

describe("the log", () => {
  test("says a state once, however often it is told", async () => {
    const { deliver, fresh } = await logged();
    const invited = {
      id: "a",
      channel: "email",
      state: "Invited",
      capabilities: offered,
      userData: { Subject: "Bell" },
    };
    deliver(invited);
    deliver(invited);
    deliver({ ...invited, userData: { Subject: "Bell", More: 1 } });
    expect(fresh()).toEqual([
      `${time}email 1     Invited  Bell`,
      `${time}email 1       now possible: Accept, Reject`,
    ]);
  });

  test("says each transcript event once, also one that comes late", async () => {
    const { deliver, fresh } = await logged();
    const [joined, hello, more] = [
      { messageType: "PARTY_JOINED", userId: "z", userType: "Client", nickName: "Zoë" },
      { messageType: "MESSAGE", userId: "z", text: "Hello\u001b[31m?" },
      { messageType: "MESSAGE", userId: "z", text: "Anybody?" },
    ];
    const { events } = chatContent(joined!, hello!, more!);
    const chat = { id: "c", channel: "chat", state: "Accepted", capabilities: [] };
    deliver({ ...chat, content: { latestEventId: 3, events: [events[0], events[2]] } });
    deliver({ ...chat, content: { latestEventId: 3, events } });
    expect(fresh()).toEqual([
      `${time}chat 1      Accepted  Zoë`,
      `${time}chat 1        * Zoë joined`,
      `${time}chat 1        Zoë: Anybody?`,
      `${time}chat 1        Zoë: Hello[31m?`,
    ]);
  });

  test("says how an operation ended, and an interaction when its outcome is known", async () => {
    const { desk, deliver, fresh, operate, tally } = await logged();
    deliver({ id: "a", channel: "email", state: "Accepted", capabilities: taken.email });
    fresh();
    const email = desk.interaction("a");
    if (email?.kind !== "email") throw new Error("It should be an email.");
    const first = operate(email, "StopProcessing", email.actions.StopProcessing?.());
    await operate(email, "StopProcessing", email.actions.StopProcessing?.());
    deliver({ id: "a", channel: "email", state: "Completed", capabilities: [] });
    await first;
    expect(fresh()).toEqual([
      `${time}email 1     → StopProcessing`,
      `${time}email 1     ended: Completed`,
      `${time}email 1     ✓ StopProcessing: Done`,
    ]);
    expect(tally.lines()).toEqual([
      "interactions  1: 1 Completed",
      "operations    1: 1 Done",
      "connection    never Live",
      "anomalies     none",
    ]);
  });

  test("says what a bot failed at, and with which interaction", async () => {
    const { desk, deliver, fresh, reporter } = await logged();
    deliver({ id: "a", channel: "email", state: "Accepted", capabilities: taken.email });
    fresh();
    const failure = { code: "not-done", error: undefined } as const;
    reporter.failed({ ...failure, part: "email", message: "Send was not done." }, desk.interaction("a"));
    reporter.failed({ ...failure, part: "shift", message: "Ready was not done." }, undefined);
    expect(fresh()).toEqual([
      `${time}email 1     ✗ Send was not done.`,
      `${time}agent       ✗ Ready was not done.`,
    ]);
  });

  test("says what was odd, and counts it", async () => {
    const { sink, fresh, tally } = await logged();
    sink.onAnomaly({ code: "unknown-topic", message: "No rule reads it." });
    sink.onAnomaly({ code: "unknown-topic", message: "No rule reads it." });
    expect(fresh()).toEqual(Array(2).fill(`${time}anomaly     unknown-topic: No rule reads it.`));
    expect(tally.lines()).toContain("anomalies     2");
  });

  test("has colours only on a terminal that has them", () => {
    const hasColors = (): boolean => true;
    expect(paintFor({ isTTY: true, hasColors })("good", "x")).toBe("\u001b[32mx\u001b[39m");
    expect(paintFor({ isTTY: true, hasColors: () => false })("good", "x")).toBe("x");
    expect(paintFor({ hasColors })("good", "x")).toBe("x");
  });
});

describe("the sum", () => {
  test("tells a connection that was lost and came back from one that did not", async () => {
    const { sink, desk, tally } = await logged();
    const connection = (): string | undefined => tally.lines()[2];
    const connect = async (): Promise<void> => {
      sink.onConnected({ isAcknowledging: true });
      await new Promise((resolve) => setTimeout(resolve, 5));
    };
    await connect();
    expect(connection()).toBe("connection    never lost");
    sink.onDisconnected("network");
    sink.onDisconnected("timeout");
    sink.onConnected({ isAcknowledging: true });
    expect(connection()).toBe("connection    lost once, not recovered");
    sink.onDisconnected("timeout");
    expect(tally.lossReason).toBe("timeout");
    await connect();
    expect(desk.connection.state).toBe("Live");
    expect(connection()).toBe("connection    lost once, recovered");
    sink.onDisconnected("network");
    expect(connection()).toBe("connection    lost 2 times, not recovered");
  });
});
