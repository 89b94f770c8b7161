// When operations settle, and what is sent after that; after public bug reports, see the issue about outcomes.
import { describe, expect, test } from "vitest";
import type { OperationOutcome } from "../../src/index.ts";
import { noAnswer, user, worldDesk, type Through } from "./world-desk.ts";

describe("an operation settles although the machine's clock is set", () => {
  const setBy = async (ms: number) => {
    let offset = 0;
    let lost = 0;
    const all = await worldDesk({
      desk: { operationTimeout: 2000 },
      clockOf: (time) => ({ ...time, now: () => time.now() + offset }),
      through: ({ operation }, forward) =>
        operation === "Accept" && lost++ === 0
          ? Promise.reject(new TypeError("The connection was cut."))
          : forward(),
    });
    const offer = await all.invited("chat");
    offset = ms;
    let settled: OperationOutcome | undefined;
    void offer.actions.Accept!({ nickname: "Ana" }).then((outcome) => (settled = outcome));
    await all.time.advance(30_000);
    return { settled, offer };
  };

  test("forwards", async () => {
    const { settled, offer } = await setBy(3_600_000);
    expect(settled).toBeDefined();
    expect(offer.pending).toEqual([]);
  });

  // The pause between two readings of the list is measured on the wall clock.
  test.fails("backwards", async () => {
    const { settled, offer } = await setBy(-3_600_000);
    expect(settled).toBeDefined();
    expect(offer.pending).toEqual([]);
  });
});

describe("what was not sent when its promise settled is never sent", () => {
  /** Returns what passes requests on and what was sent, each with its time. */
  const logged = (now: () => number, through: Through) => {
    const sent: { readonly operation: string; readonly at: number }[] = [];
    const log: Through = (request, forward) => {
      if (request.operation !== "") sent.push({ operation: request.operation, at: now() });
      return through(request, forward);
    };
    return { sent, log };
  };

  // Operations of an interaction are sent one after the other; what waits is not withdrawn when its time is up.
  test.fails("while it waited for the answers to others", async () => {
    let hanging = 0;
    const { sent, log } = logged(
      () => all.time.now(),
      (request, forward) =>
        ["SendNotification", "RequestChatHistory"].includes(request.operation) && hanging-- > 0
          ? noAnswer(request)
          : forward(),
    );
    const all = await worldDesk({ through: log });
    const chat = await all.accepted("chat");
    hanging = 2;
    void chat.actions.SendNotification!({ noticeType: "TypingStarted" });
    void chat.actions.RequestChatHistory!();
    const { outcome } = await all.settled(chat.actions.Send!({ text: "Shall I cancel your order?" }));
    const settledAt = all.time.now();
    await all.time.advance(60_000);
    expect(sent.filter(({ operation, at }) => operation === "SendMessage" && at > settledAt)).toEqual([]);
    expect(all.textsIn(chat)).toHaveLength(outcome === "Done" ? 1 : 0);
  });

  // What waits for a sign-in is not withdrawn when its time is up.
  test.fails("while it waited for the agent to sign in", async () => {
    let asked = 0;
    const { sent, log } = logged(
      () => all.time.now(),
      (_, forward) => forward(),
    );
    const credentials = async () => {
      if (asked++ > 0) await new Promise<void>((resolve) => void all.time.setTimeout(resolve, 40_000));
      return { user, password: "secret" };
    };
    const all = await worldDesk({
      through: log,
      gws: { credentials },
      desk: { operationTimeout: 5000, recoveryTimeout: 10_000 },
    });
    const chat = await all.accepted("chat");
    all.server.expireHttp();
    const { outcome } = await all.settled(chat.actions.Send!({ text: "I close this chat now." }));
    const settledAt = all.time.now();
    await all.time.advance(90_000);
    expect(asked).toBe(2);
    expect(sent.filter(({ operation, at }) => operation === "SendMessage" && at > settledAt)).toEqual([]);
    expect(all.textsIn(chat)).toHaveLength(outcome === "Done" ? 1 : 0);
  });
});
