import { describe, expect, test, vi } from "vitest";
import { Log } from "../../src/cli/log.ts";
import { reportDesk, type Reporter } from "../../src/cli/reporter.ts";
import { Tally } from "../../src/cli/tally.ts";
import { colorsFor } from "../../src/load/index.ts";
import { chatContent, liveDesk, offered, taken, type LiveDesk } from "./live-desk.ts";

interface Logged extends LiveDesk {
  readonly report: Reporter;
  readonly tally: Tally;
  /** Returns the lines since the last call. */
  readonly newLines: () => string[];
}

async function logged(): Promise<Logged> {
  const live = await liveDesk();
  let written = "";
  const tally = new Tally();
  const log = new Log({ write: (line) => (written += line), colorize: colorsFor({}), elapsed: () => 1500 });
  const report: Reporter = (event) => {
    tally.report(event);
    log.report(event);
  };
  reportDesk(live.desk, report);
  return {
    ...live,
    report,
    tally,
    newLines: () => {
      const lines = written.split("\n").slice(0, -1);
      written = "";
      return lines;
    },
  };
}

const time = "  1.50s  ";

describe("the log", () => {
  test("prints a state once, however often the server repeats it", async () => {
    const { deliver, newLines } = await logged();
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
    expect(newLines()).toEqual([
      `${time}email 1     Invited  Bell`,
      `${time}email 1       now possible: Accept, Reject`,
    ]);
  });

  test("prints each transcript event once, also a late one", async () => {
    const { deliver, newLines } = await logged();
    const [joined, hello, more] = [
      { messageType: "PARTY_JOINED", userId: "z", userType: "Client", nickName: "Zoë" },
      { messageType: "MESSAGE", userId: "z", text: "Hello\u001b[31m?" },
      { messageType: "MESSAGE", userId: "z", text: "Hello again?" },
    ];
    const { events } = chatContent(joined!, hello!, more!);
    const chat = { id: "c", channel: "chat", state: "Accepted", capabilities: [] };
    deliver({ ...chat, content: { latestEventId: 3, events: [events[0], events[2]] } });
    deliver({ ...chat, content: { latestEventId: 3, events } });
    expect(newLines()).toEqual([
      `${time}chat 1      Accepted  Zoë`,
      `${time}chat 1        * Zoë joined`,
      `${time}chat 1        Zoë: Hello again?`,
      `${time}chat 1        Zoë: Hello[31m?`,
    ]);
  });

  test("prints the outcome of an operation, and that of an interaction when it is known", async () => {
    const { desk, deliver, newLines, report, tally } = await logged();
    deliver({ id: "a", channel: "email", state: "Accepted", capabilities: taken.email });
    newLines();
    const email = desk.interaction("a");
    if (email?.kind !== "email") throw new Error("It should be an email.");
    const performed = email.actions.StopProcessing?.();
    report({ type: "sent", target: email, operation: "StopProcessing" });
    deliver({ id: "a", channel: "email", state: "Completed", capabilities: [] });
    report({ type: "settled", target: email, outcome: (await performed)! });
    expect(newLines()).toEqual([
      `${time}email 1     → StopProcessing`,
      `${time}email 1     ended: Completed`,
      `${time}email 1     ✓ StopProcessing: done`,
    ]);
    expect(tally.lines()).toEqual([
      "interactions  1: 1 Completed",
      "operations    1: 1 Done",
      "connection    never Live",
      "anomalies     none",
    ]);
  });

  test("prints the failures of a bot with the interaction concerned", async () => {
    const { desk, deliver, newLines, report } = await logged();
    deliver({ id: "a", channel: "email", state: "Accepted", capabilities: taken.email });
    newLines();
    const failed = (part: "email" | "shift", message: string, id: string) =>
      report({
        type: "failed",
        failure: { code: "not-done", error: undefined, part, message },
        interaction: desk.interaction(id),
      });
    failed("email", "Send was not done.", "a");
    failed("shift", "Ready was not done.", "none");
    expect(newLines()).toEqual([
      `${time}email 1     ✗ Send was not done.`,
      `${time}agent       ✗ Ready was not done.`,
    ]);
  });

  test("prints anomalies, and the summary counts them", async () => {
    const { sink, newLines, tally } = await logged();
    sink.onAnomaly({ code: "unknown-topic", message: "No rule reads it." });
    sink.onAnomaly({ code: "unknown-topic", message: "No rule reads it." });
    expect(newLines()).toEqual(Array(2).fill(`${time}anomaly     unknown-topic: No rule reads it.`));
    expect(tally.lines()).toContain("anomalies     2");
  });

  test("is colored only on a terminal with colors", () => {
    const hasColors = (): boolean => true;
    expect(colorsFor({ isTTY: true, hasColors })("good", "x")).toBe("\u001b[32mx\u001b[39m");
    expect(colorsFor({ isTTY: true, hasColors: () => false })("good", "x")).toBe("x");
    expect(colorsFor({ hasColors })("good", "x")).toBe("x");
  });
});

describe("the summary", () => {
  test("distinguishes a connection that recovered from one that did not", async () => {
    const { sink, desk, tally } = await logged();
    const connection = (): string | undefined => tally.lines()[2];
    const connect = async (): Promise<void> => {
      sink.onConnected({ isAcknowledging: true });
      await vi.waitUntil(() => desk.connection.state === "Live");
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
