import { describe, expect, test } from "vitest";
import type { AnySnapshot, ConnectionSnapshot } from "../../src/index.ts";
import type { ScreenModel } from "../../src/cli/keys.ts";
import { cut, plain, widthOf, wrap } from "../../src/cli/plain-text.ts";
import { drawScreen } from "../../src/cli/screen.ts";
import { chatContent, liveDesk, offered, taken, type LiveDesk } from "./live-desk.ts";

type Connection = ConnectionSnapshot;
const live: Connection = {
  state: "Live",
  lossReason: null,
  failures: 0,
  isAcknowledging: true,
  stopReason: null,
};

function model({ desk }: LiveDesk, changes: Partial<ScreenModel> = {}): ScreenModel {
  const snapshots = (list: readonly { getSnapshot: () => AnySnapshot }[]) =>
    list.map((one) => one.getSnapshot());
  const interactions = [
    ...snapshots(desk.interactions.getSnapshot()),
    ...snapshots(desk.ended.getSnapshot()),
  ];
  return {
    title: "ana at a test",
    connection: live,
    channels: desk.channels.getSnapshot().map((channel) => channel.getSnapshot()),
    interactions: interactions.map((snapshot, index) => ({
      ...snapshot,
      label: `${snapshot.channel} ${index + 1}`,
    })),
    selectedId: undefined,
    news: [],
    anomalies: 0,
    prompt: undefined,
    ...changes,
  };
}

function draw(drawn: ScreenModel, columns = 90, rows = 30): string {
  return drawScreen(drawn, { columns, rows })
    .map(({ text }) => text)
    .join("\n")
    .replaceAll("\u00a0", " ");
}

describe("the screen", () => {
  test.each([
    [{ state: "Connecting" }, "Connecting: signing in and subscribing"],
    [
      { state: "Connecting", lossReason: "network", failures: 2 },
      "Connecting: the server cannot be reached, trying again (2)",
    ],
    [{ state: "CatchingUp" }, "CatchingUp: reading the server's own list, what is shown may be old"],
    [{ state: "Live" }, "Live: what is shown is what the server says"],
    [
      { state: "Recovering", lossReason: "silence", failures: 1 },
      "Recovering: the connection went silent, trying again; what is shown may be old",
    ],
    [{ state: "Stopped", stopReason: "authentication-failed" }, "Stopped: authentication-failed"],
  ] as const)("says plainly of %j what it means", async (connection, words) => {
    expect(draw(model(await liveDesk(), { connection: { ...live, ...connection } }))).toContain(
      `● ${words}\n`,
    );
  });

  test("shows readiness, offers with their actions, and the email that is chosen", async () => {
    const desk = await liveDesk();
    desk.ready("email", "Ready");
    desk.deliver({
      id: "a",
      channel: "email",
      state: "Invited",
      capabilities: offered,
      userData: { Subject: "Light" },
    });
    desk.deliver({
      id: "b",
      channel: "email",
      state: "Accepted",
      capabilities: taken.email,
      content: {
        text: "Hello,\r\nit broke.",
        fromAddress: "zoe@mail.example",
        toAddress: "shop@x.example",
        subject: "Bell",
      },
    });
    const screen = draw(model(desk, { selectedId: "b", news: ["email 2  Accept: Done"], anomalies: 3 }));
    expect(screen).toContain("email: Ready   chat: Unknown   anomalies: 3");
    expect(screen).toMatch(/^ {2}email 1 +Invited +Light {2}\[Accept Reject\]$/m);
    expect(screen).toMatch(
      /^▸ email 2 +Accepted +zoe@mail.example: Bell {2}\[StopProcessing Reply PlaceInWorkbin\]$/m,
    );
    expect(screen).toMatch(
      /From: zoe@mail.example\n {2}To: shop@x.example\n {2}Subject: Bell\n {2}\n {2}Hello,\n {2}it broke\./,
    );
    expect(screen).toContain("email 2  Accept: Done");
    expect(screen).toContain("↑ and  ↓ choose  r Reply  f finish  1 email NotReady  2 chat Ready  q quit");
  });

  test("shows the transcript of a chat, its holes, and who is typing", async () => {
    const desk = await liveDesk();
    const content = chatContent(
      { messageType: "PARTY_JOINED", userId: "z", userType: "Client", nickName: "Zoë" },
      { messageType: "MESSAGE", userId: "z", text: "Hello?" },
      { messageType: "NOTICE", userId: "z", noticeType: "TypingStarted" },
    );
    desk.deliver({
      id: "c",
      channel: "chat",
      state: "Accepted",
      capabilities: [],
      content: { ...content, latestEventId: 5 },
    });
    expect(draw(model(desk))).toMatch(
      /\* Zoë joined\n {2}Zoë: Hello\?\n {2}… events 4 to 5 are missing …\n {2}Zoë is typing …/,
    );
  });

  test("shows what was said last when there is no room for all", async () => {
    const desk = await liveDesk();
    const lines = Array.from({ length: 300 }, (_, index) => ({
      messageType: "MESSAGE",
      userId: "z",
      text: `line ${index}`,
    }));
    desk.deliver({
      id: "c",
      channel: "chat",
      state: "Accepted",
      capabilities: [],
      content: chatContent(...lines),
    });
    const screen = draw(model(desk), 60, 16);
    expect(screen).toContain("z: line 299\n── last outcomes");
    expect(screen).not.toContain("line 290\n");
  });

  test("shows how an interaction ended where that is not its state", async () => {
    const desk = await liveDesk();
    desk.deliver({ id: "a", channel: "email", state: "Invited", capabilities: offered });
    const interaction = desk.desk.interaction("a");
    void (interaction?.kind === "email" && interaction.actions.Reject?.());
    await Promise.resolve();
    desk.deliver({ id: "a", channel: "email", state: "Revoked", capabilities: [] });
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(draw(model(desk))).toContain("Revoked: Rejected");
  });

  async function crowded(): Promise<ScreenModel> {
    const desk = await liveDesk();
    for (let index = 0; index < 40; index++) {
      desk.deliver({
        id: `i${index}`,
        channel: "email",
        state: "Accepted",
        capabilities: taken.email,
        content: { text: "漢字".repeat(200), subject: "Grüße 🙂 ".repeat(20), fromAddress: "x@y.example" },
      });
    }
    return model(desk, { selectedId: "i20", news: Array<string>(9).fill("news ".repeat(40)) });
  }

  test.each([
    [100, 30],
    [44, 12],
    [20, 6],
    [10, 3],
    [5, 1],
  ])("never draws beyond %d columns and %d rows", async (columns, rows) => {
    const lines = drawScreen(await crowded(), { columns, rows });
    expect(lines.length).toBeLessThanOrEqual(rows);
    expect(Math.max(...lines.map(({ text }) => widthOf(text)))).toBeLessThanOrEqual(columns);
  });

  test("keeps what is chosen and all keys in view, also on a small terminal", async () => {
    const screen = draw(await crowded(), 44, 14);
    expect(screen).toContain("▸ email 21");
    expect(screen.replace(/\s+/g, " ")).toContain("r Reply f finish 1 email Ready 2 chat Ready q quit");
  });
});

describe("text of strangers", () => {
  test("keeps no control character and nothing that reorders or hides", () => {
    expect(plain("a\u001b[2Jb\u0000\u009bc\u202ed\u2066e\u200bf\ufeffg\u2028h")).toBe("a[2Jbcdefgh");
    expect(plain("one\r\ntwo\tthree\nfour")).toBe("one two three four");
  });

  test("keeps every script and joined emoji", () => {
    const text = "Zoë 美咲 Олена 👩‍👩‍👧 नमस्ते";
    expect(plain(text)).toBe(text);
  });

  test("is measured and cut by what it takes on the screen", () => {
    expect(widthOf("美咲")).toBe(4);
    expect(widthOf("👩‍👩‍👧!")).toBe(3);
    expect(cut("美咲です", 5)).toBe("美咲…");
    expect(cut("e\u0301e\u0301e\u0301", 2)).toBe("e\u0301…");
    expect(cut("abc", 0)).toBe("");
    expect(cut("abc", 3)).toBe("abc");
  });

  test("is wrapped at words, or inside those that are too long", () => {
    expect(wrap("one two three", 7)).toEqual(["one two", "three"]);
    expect(wrap("abcdefgh", 3)).toEqual(["abc", "def", "gh"]);
    expect(wrap("  in dented", 6)).toEqual(["  in", "dented"]);
    expect(wrap("a\r\n\r\nb", 5)).toEqual(["a", "", "b"]);
    expect(wrap("美咲", 1)).toEqual(["美", "咲"]);
  });
});
