import { render } from "ink-testing-library";
import { DeskProvider } from "deskstate/react";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { chatContent, liveDesk, offered, taken, type LiveDesk } from "../../test/cli/live-desk.ts";
import { TerminalDesk } from "./terminal-desk.tsx";

interface AtTheKeys extends LiveDesk {
  /** Types one key, or pastes several. */
  readonly press: (...keys: readonly string[]) => Promise<void>;
  readonly screen: () => string;
  readonly requested: () => string[];
  readonly onQuit: ReturnType<typeof vi.fn<() => void>>;
}

/** Resolves when React has rendered and Ink can read the next key. Both work in turns of the event loop, without timers. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
}

async function atTheKeys(): Promise<AtTheKeys> {
  const live = await liveDesk();
  const onQuit = vi.fn<() => void>();
  const { stdin, lastFrame, unmount } = render(
    <DeskProvider desk={live.desk}>
      <TerminalDesk title="ana at a test" nickname="Ana" onQuit={onQuit} />
    </DeskProvider>,
  );
  onTestFinished(unmount);
  await settle();
  return {
    ...live,
    onQuit,
    press: async (...keys) => {
      for (const key of keys) {
        await settle();
        stdin.write(key);
      }
      await settle();
    },
    screen: () => lastFrame() ?? "",
    requested: () => live.requests.map(({ operation }) => operation),
  };
}

const [up, down, escape] = ["\u001b[A", "\u001b[B", "\u001b"];

describe("a key", () => {
  test("works exactly while its action exists", async () => {
    const { deliver, press, screen, requested } = await atTheKeys();
    await press(..."arsflcx".split(""));
    expect(requested()).toEqual([]);
    deliver({ id: "a", channel: "email", state: "Invited", capabilities: offered });
    await press(..."sflcx".split(""));
    expect(requested()).toEqual([]);
    expect(screen()).toContain("a Accept  r Reject");
    await press("a", "a");
    expect(requested()).toEqual(["Accept"]);
    deliver({ id: "a", channel: "email", state: "Accepted", capabilities: taken.email });
    await press();
    expect(screen()).toContain("email a  Accept: done");
    expect(screen()).toContain("r Reply  f finish");
  });

  test("does nothing while the connection is not Live, and the screen shows why", async () => {
    const { deliver, press, screen, requested, sink } = await atTheKeys();
    deliver({ id: "a", channel: "email", state: "Invited", capabilities: offered });
    sink.onDisconnected("network");
    await press("a", "r", "1");
    expect(requested()).toEqual([]);
    expect(screen()).toContain("Recovering: the server cannot be reached, trying again");
    expect(screen()).not.toContain("Accept");
  });

  test("of a channel makes it Ready, and NotReady when it is Ready", async () => {
    const { press, ready, screen, requests } = await atTheKeys();
    ready("chat", "NotReady");
    await press("2");
    ready("chat", "Ready");
    await press();
    expect(screen()).toContain("chat: Ready");
    await press("2");
    expect(
      requests.map(({ operation, target }) => [operation, "channel" in target && target.channel]),
    ).toEqual([
      ["Ready", "chat"],
      ["NotReady", "chat"],
    ]);
  });

  test("acts on the selected interaction, also after new offers", async () => {
    const { deliver, press, requests } = await atTheKeys();
    deliver({ id: "a", channel: "email", state: "Accepted", capabilities: taken.email });
    await press();
    deliver({ id: "b", channel: "email", state: "Invited", capabilities: offered });
    deliver({ id: "c", channel: "email", state: "Invited", capabilities: offered });
    await press("a");
    expect(requests).toEqual([]);
    await press(up, "a", down, "f");
    expect(requests.map(({ operation, target }) => [operation, "id" in target && target.id])).toEqual([
      ["Accept", "c"],
      ["StopProcessing", "a"],
    ]);
  });

  test("x dismisses an interaction that has ended", async () => {
    const { deliver, press, desk, screen } = await atTheKeys();
    deliver({ id: "a", channel: "email", state: "Revoked", capabilities: [] });
    await press();
    expect(screen()).toContain("x dismiss");
    await press("x");
    expect(desk.ended.getSnapshot()).toEqual([]);
    expect(screen()).toContain("No interactions.");
  });

  test("q quits, and asks once when an interaction is not finished", async () => {
    const { deliver, press, onQuit, screen } = await atTheKeys();
    deliver({ id: "a", channel: "email", state: "Accepted", capabilities: taken.email });
    await press("q");
    expect(screen()).toContain("Not finished: 1. q again leaves nevertheless.");
    await press("z", "q");
    expect(onQuit).not.toHaveBeenCalled();
    await press("q");
    expect(onQuit).toHaveBeenCalledOnce();
  });

  test("Ctrl-C quits", async () => {
    const { press, onQuit } = await atTheKeys();
    await press("\u0003");
    expect(onQuit).toHaveBeenCalledOnce();
  });
});

describe("a draft", () => {
  const chat = {
    id: "c",
    channel: "chat",
    state: "Accepted",
    capabilities: [...taken.chat, "SendNotification"],
    content: chatContent({ messageType: "PARTY_JOINED", userId: "z", userType: "Client", nickName: "Zoë" }),
  };

  test("is sent to the chat that it was started for, also after a new offer", async () => {
    const { deliver, press, requests, screen } = await atTheKeys();
    deliver(chat);
    await press("s", "Grüße 🙂");
    expect(screen()).toContain("To Zoë: Grüße 🙂▏");
    deliver({ id: "b", channel: "chat", state: "Invited", capabilities: offered });
    await press("\u007f", "!", "\r");
    const sent = requests.filter(({ operation }) => operation === "Send");
    expect(sent.map(({ parameters, target }) => ["id" in target && target.id, parameters["text"]])).toEqual([
      ["c", "Grüße !"],
    ]);
  });

  test("shows the customer that the agent is typing", async () => {
    const { deliver, press, requests } = await atTheKeys();
    deliver(chat);
    await press("s", "a", "\u0015", "\r", escape);
    await vi.waitFor(() =>
      expect(requests.map(({ operation, parameters }) => [operation, parameters["noticeType"]])).toEqual([
        ["SendNotification", "TypingStarted"],
        ["SendNotification", "TypingStopped"],
      ]),
    );
  });

  test("is kept when it cannot be sent now", async () => {
    const { deliver, press, sink, screen, requested } = await atTheKeys();
    deliver(chat);
    await press("s", "Hello");
    sink.onDisconnected("network");
    await press("\r");
    expect(requested()).not.toContain("Send");
    expect(screen()).toContain("It cannot be sent now; the text is kept.");
    expect(screen()).toContain("Hello▏");
  });

  test("accepts pasted text, and a paste elsewhere does nothing", async () => {
    const { deliver, press, requests, onQuit } = await atTheKeys();
    deliver(chat);
    await press("q\nfql");
    expect(requests).toEqual([]);
    expect(onQuit).not.toHaveBeenCalled();
    await press("s", "one\rtwo", "\r");
    expect(requests.at(-1)?.parameters).toEqual({ text: "one\ntwo" });
  });
});

test("a reply is selected when it starts, and the original is selected after the reply is sent", async () => {
  const { deliver, press, screen, requested } = await atTheKeys();
  deliver({ id: "a", channel: "email", state: "Accepted", capabilities: taken.email });
  await press("r");
  const reply = { id: "o", channel: "email", parentId: "a" };
  deliver({ ...reply, state: "Composing", capabilities: ["Send", "Cancel"] });
  await press();
  expect(screen()).toMatch(/▸ email o Composing/);
  await press("s", "Thank you", "\r");
  deliver({ ...reply, state: "Sent", capabilities: [] });
  await press();
  expect(screen()).toMatch(/▸ email a Accepted/);
  await press("f");
  expect(requested()).toEqual(["Reply", "Send", "StopProcessing"]);
});

test("the screen shows the transcript, its gaps and who is typing", async () => {
  const { deliver, press, screen } = await atTheKeys();
  const content = chatContent(
    { messageType: "PARTY_JOINED", userId: "z", userType: "Client", nickName: "Zoë" },
    { messageType: "MESSAGE", userId: "z", text: "Hello\u001b[31m?" },
    { messageType: "NOTICE", userId: "z", noticeType: "TypingStarted" },
  );
  deliver({
    id: "c",
    channel: "chat",
    state: "Accepted",
    capabilities: [],
    content: { ...content, latestEventId: 5 },
  });
  await press();
  expect(screen()).toMatch(
    /\* Zoë joined[^]+Zoë: Hello\[31m\?[^]+… events 4 to 5 are missing …[^]+Zoë is typing …/,
  );
});
