import { PassThrough } from "node:stream";
import type { ReadStream, WriteStream } from "node:tty";
import { describe, expect, onTestFinished, test } from "vitest";
import { Ending } from "../../src/cli/ending.ts";
import { KeyboardDesk } from "../../src/cli/keyboard-desk.ts";
import { Labels } from "../../src/cli/labels.ts";
import { follow, together } from "../../src/cli/reporter.ts";
import { chatContent, liveDesk, offered, taken, type LiveDesk } from "./live-desk.ts";

/** Lets what was asked for, answered and drawn come through. */
const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));

interface AtTheKeys extends LiveDesk {
  readonly keyboard: KeyboardDesk;
  readonly ending: Ending;
  /** Types keys, as a terminal sends them. */
  readonly press: (keys: string) => Promise<void>;
  /** The last picture, without control sequences. */
  readonly screen: () => string;
  readonly requested: () => string[];
}

async function atTheKeys(): Promise<AtTheKeys> {
  const live = await liveDesk();
  const stdin = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => {} });
  const stdout = Object.assign(new PassThrough(), { isTTY: true, columns: 100, rows: 30 });
  const ending = new Ending();
  const keyboard = new KeyboardDesk({
    desk: live.desk,
    stdin: stdin as unknown as ReadStream,
    stdout: stdout as unknown as WriteStream,
    labels: new Labels(),
    ending,
    title: "ana at a test",
    nickname: "Ana",
  });
  keyboard.open(follow(live.desk, together([keyboard])));
  onTestFinished(() => keyboard.close());
  let shown = "";
  stdout.on("data", (chunk: Buffer) => (shown = String(chunk)));
  return {
    ...live,
    keyboard,
    ending,
    press: async (keys) => {
      stdin.write(keys);
      await settle();
    },
    // eslint-disable-next-line no-control-regex
    screen: () => shown.replace(/\u001b\[[?\d;]*\w/g, "").replaceAll("\u00a0", " "),
    requested: () => live.requests.map(({ operation }) => operation),
  };
}

const up = "\u001b[A";
const down = "\u001b[B";

describe("a key", () => {
  test("works exactly while the action it stands for exists", async () => {
    const { deliver, press, screen, requested } = await atTheKeys();
    await press("arsflcx");
    expect(requested()).toEqual([]);
    deliver({ id: "a", channel: "email", state: "Invited", capabilities: offered });
    await press("sflcx");
    expect(requested()).toEqual([]);
    expect(screen()).toContain("a Accept  r Reject");
    await press("a");
    expect(requested()).toEqual(["Accept"]);
    expect(screen()).not.toContain("a Accept");
    await press("a");
    expect(requested()).toEqual(["Accept"]);
    deliver({ id: "a", channel: "email", state: "Accepted", capabilities: taken.email });
    await settle();
    expect(screen()).toContain("email 1  Accept: Done");
    expect(screen()).toContain("r Reply  f finish");
  });

  test("does nothing while the connection is not Live, and the screen says so", async () => {
    const { deliver, press, screen, requested, sink } = await atTheKeys();
    deliver({ id: "a", channel: "email", state: "Invited", capabilities: offered });
    sink.onDisconnected("network");
    await press("ar1");
    expect(requested()).toEqual([]);
    expect(screen()).toContain(
      "Recovering: the server cannot be reached, trying again; what is shown may be old",
    );
    expect(screen()).not.toContain("Accept");
  });

  test("of a channel makes it Ready, and NotReady when it is", async () => {
    const { press, ready, screen, requests } = await atTheKeys();
    ready("chat", "NotReady");
    await press("2");
    ready("chat", "Ready");
    await settle();
    expect(screen()).toContain("chat: Ready");
    await press("2");
    expect(
      requests.map(({ operation, target }) => [operation, "channel" in target && target.channel]),
    ).toEqual([
      ["Ready", "chat"],
      ["NotReady", "chat"],
    ]);
  });

  test("is about the interaction that is chosen, whatever comes meanwhile", async () => {
    const { deliver, press, requests } = await atTheKeys();
    deliver({ id: "a", channel: "email", state: "Accepted", capabilities: taken.email });
    await press("");
    deliver({ id: "b", channel: "email", state: "Invited", capabilities: offered });
    deliver({ id: "c", channel: "email", state: "Invited", capabilities: offered });
    await press("a");
    expect(requests).toEqual([]);
    await press(`${up}a`);
    await press(`${down}f`);
    expect(requests.map(({ operation, target }) => [operation, "id" in target && target.id])).toEqual([
      ["Accept", "c"],
      ["StopProcessing", "a"],
    ]);
  });

  test("x dismisses what has ended", async () => {
    const { deliver, press, desk, screen } = await atTheKeys();
    deliver({ id: "a", channel: "email", state: "Revoked", capabilities: [] });
    await press("");
    expect(screen()).toContain("x dismiss");
    await press("x");
    expect(desk.ended.getSnapshot()).toEqual([]);
    expect(screen()).toContain("Nothing is offered");
  });

  test("q leaves at once when nothing is open, and asks once when something is", async () => {
    const { deliver, press, ending, screen } = await atTheKeys();
    deliver({ id: "a", channel: "email", state: "Accepted", capabilities: taken.email });
    await press("q");
    expect(ending.signal.aborted).toBe(false);
    expect(screen()).toContain("1 interaction is not finished; q again leaves all the same.");
    await press("zq");
    expect(ending.signal.aborted).toBe(false);
    await press("q");
    expect(ending.signal.aborted).toBe(true);
  });

  test("Ctrl-C ends politely", async () => {
    const { press, ending } = await atTheKeys();
    await press("\u0003");
    expect(ending.signal.aborted).toBe(true);
  });
});

test("signing off makes those channels NotReady that are Ready, or may be soon", async () => {
  const { keyboard, ready, press, requests } = await atTheKeys();
  ready("email", "Ready");
  ready("chat", "NotReady");
  ready("sms", "NotReady");
  await press("2");
  void keyboard.end();
  expect(requests.map(({ operation, target }) => [operation, "channel" in target && target.channel])).toEqual(
    [
      ["Ready", "chat"],
      ["NotReady", "email"],
      ["NotReady", "chat"],
    ],
  );
});

describe("a line that is typed", () => {
  const chat = {
    id: "c",
    channel: "chat",
    state: "Accepted",
    capabilities: taken.chat,
    content: chatContent({ messageType: "PARTY_JOINED", userId: "z", userType: "Client", nickName: "Zoë" }),
  };

  test("goes to the chat it was begun for, also when another is chosen by then", async () => {
    const { deliver, press, requests, screen } = await atTheKeys();
    deliver(chat);
    await press("s");
    await press("Grüße 🙂");
    expect(screen()).toContain("To chat 1: Grüße 🙂▏");
    deliver({ id: "b", channel: "chat", state: "Invited", capabilities: offered });
    await press("\u007f!\r");
    const sent = requests.filter(({ operation }) => operation === "Send");
    expect(sent.map(({ parameters, target }) => ["id" in target && target.id, parameters["text"]])).toEqual([
      ["c", "Grüße !"],
    ]);
  });

  test("lets the customer see that somebody types", async () => {
    const { deliver, press, requests } = await atTheKeys();
    deliver(chat);
    await press("s");
    await press("a\u0015\r");
    await press("\u001b");
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(requests.map(({ operation, parameters }) => [operation, parameters["noticeType"]])).toEqual([
      ["SendNotification", "TypingStarted"],
      ["SendNotification", "TypingStopped"],
    ]);
  });

  test("is kept when it cannot be sent now", async () => {
    const { deliver, press, sink, screen, requested } = await atTheKeys();
    deliver(chat);
    await press("s");
    await press("Hello");
    sink.onDisconnected("network");
    await press("\r");
    expect(requested()).not.toContain("Send");
    expect(screen()).toContain("It cannot be sent now; what you typed is kept.");
    expect(screen()).toContain("To chat 1: Hello▏");
  });

  test("takes what is pasted as text, and no paste is taken for keys", async () => {
    const { deliver, press, requests, ending } = await atTheKeys();
    const pasted = (text: string): string => `\u001b[200~${text}\u001b[201~`;
    deliver(chat);
    await press(pasted("q\nfql"));
    expect(requests).toEqual([]);
    expect(ending.signal.aborted).toBe(false);
    await press("s");
    await press(pasted("one\rtwo"));
    await press("\r");
    expect(requests.at(-1)?.parameters).toEqual({ text: "one\ntwo" });
  });
});

describe("the interaction that a reply made", () => {
  test("is chosen to be written, and after it is sent the original to be finished", async () => {
    const { deliver, press, screen, requested } = await atTheKeys();
    deliver({ id: "a", channel: "email", state: "Accepted", capabilities: taken.email });
    await press("r");
    deliver({
      id: "o",
      channel: "email",
      state: "Composing",
      capabilities: ["Send", "Cancel"],
      parentId: "a",
    });
    await press("");
    expect(screen()).toMatch(/▸ email 2 +Composing/);
    await press("s");
    await press("Thank you\r");
    deliver({ id: "o", channel: "email", state: "Sent", capabilities: [] });
    await press("");
    expect(screen()).toMatch(/▸ email 1 +Accepted/);
    await press("f");
    expect(requested()).toEqual(["Reply", "Send", "StopProcessing"]);
  });
});
