import { describe, expect, test } from "vitest";
import { createDesk, noLink, type ConnectionSnapshot, type OperationOutcome } from "../../src/index.ts";
import {
  channelText,
  connectionText,
  connectionTone,
  english,
  humanize,
  interactionOutcomeText,
  interactionTitle,
  operationText,
  outcomeText,
  outcomeTone,
  sanitizeLine,
  transcriptEventText,
  unavailabilityText,
  type DeskText,
} from "../../src/text/index.ts";

const live: ConnectionSnapshot = createDesk({ link: noLink }).connection.getSnapshot();
const german: DeskText = {
  ...english,
  connectionStates: { ...english.connectionStates, Connecting: "Verbinden" },
  lossReasons: { ...english.lossReasons, network: "der Server ist nicht erreichbar" },
  reconnecting: (reason, failures) => `Versuch ${failures + 1}, denn ${reason}`,
};

describe("a connection", () => {
  test.each([
    [{ state: "Offline" }, "Offline", "quiet"],
    [{ state: "Connecting" }, "Connecting: signing in and subscribing", "warning"],
    [
      { state: "Connecting", lossReason: "network", failures: 2 },
      "Connecting: the server cannot be reached, trying again (2)",
      "warning",
    ],
    [{ state: "CatchingUp" }, "Catching up: reading the server's list; what is shown may be old", "warning"],
    [{ state: "Live" }, "Live: what is shown is what the server reports", "good"],
    [
      { state: "Recovering", lossReason: "silence", failures: 1 },
      "Recovering: the connection went silent, trying again; what is shown may be old",
      "warning",
    ],
    [{ state: "Stopped", stopReason: "stop" }, "Stopped", "quiet"],
    [
      { state: "Stopped", stopReason: "authentication-failed" },
      "Stopped: the server refused the user name or the password",
      "bad",
    ],
  ] as const)("%j has one line and a tone", (connection, text, tone) => {
    expect(connectionText({ ...live, ...connection })).toBe(text);
    expect(connectionTone({ ...live, ...connection })).toBe(tone);
  });

  test("is described in the language of the table", () => {
    const connection = { ...live, state: "Connecting", lossReason: "network", failures: 1 } as const;
    expect(connectionText(connection, german)).toBe(
      "Verbinden: Versuch 2, denn der Server ist nicht erreichbar",
    );
  });
});

describe("an outcome", () => {
  test("of a refusal has the server's code and message", () => {
    const refused: OperationOutcome = {
      operation: "Send",
      outcome: "Refused",
      code: 6,
      message: "No\nqueue",
    };
    expect(outcomeText(refused)).toBe("refused by the server (code 6): No queue");
    expect(outcomeTone("Refused")).toBe("bad");
  });

  test("of an operation that is not allowed has the reason", () => {
    const outcome: OperationOutcome = { operation: "Send", outcome: "NotAllowed", reason: "not-granted" };
    expect(outcomeText(outcome)).toBe("not possible: the server does not grant it now");
    expect(unavailabilityText("already")).toBe("the channel is already in that state");
  });

  test("of a performed operation omits the server's words", () => {
    expect(outcomeText({ operation: "Send", outcome: "Done", code: 0, message: "OK" })).toBe("done");
  });

  test("of an interaction names the ending by the server", () => {
    expect(interactionOutcomeText("Gone")).toBe("gone: the server no longer lists it");
  });
});

test("an operation that only a dialect has keeps the server's name, humanized", () => {
  expect(operationText("SingleStepTransfer")).toBe("Single step transfer");
  expect(operationText("ForwardToDesk")).toBe("Forward to desk");
  expect(operationText("constructor")).toBe("Constructor");
  expect(humanize("NotReady")).toBe("Not ready");
});

test("the readiness of a channel has the server's reason", () => {
  expect(channelText({ state: "NotReady", reason: "Out\nTo\u202eLunch" })).toBe("Not ready (Out ToLunch)");
  expect(channelText({ state: "Ready", reason: null })).toBe("Ready");
});

describe("the title of an interaction", () => {
  const parts = { direction: "Inbound", userData: { Subject: "Bell", FromAddress: "zoe@mail.example" } };

  test("is the sender and the subject", () => {
    const email = { fromAddress: "ada@post.example", subject: "A light" };
    expect(interactionTitle({ ...parts, email })).toBe("ada@post.example: A light");
    expect(interactionTitle(parts)).toBe("zoe@mail.example: Bell");
  });

  test("is the recipient of an outbound message", () => {
    const outbound = { ...parts, direction: "Outbound" };
    expect(interactionTitle({ ...outbound, email: { toAddress: "ada@post.example" } })).toBe(
      "to ada@post.example: Bell",
    );
    expect(interactionTitle({ ...outbound, email: {} })).toBe("to ?: Bell");
    expect(interactionTitle(outbound)).toBe("Bell");
  });

  test("has the customer's nickname in a chat, and no address", () => {
    const agent = { userId: "a", userType: "Agent", nickName: "Ana" };
    const customer = { userId: "z", userType: "Client", nickName: "Zoë" };
    expect(interactionTitle({ ...parts, transcript: { parties: [agent, customer] } })).toBe("Zoë: Bell");
    expect(interactionTitle({ ...parts, transcript: { parties: [] } })).toBe("Bell");
  });
});

test.each([
  [{ text: "Hello?\u001b[2J" }, "Zoë: Hello?[2J"],
  [{ messageType: "PARTY_JOINED" }, "* Zoë joined"],
  [{ messageType: "PARTY_LEFT" }, "* Zoë left"],
  [{ messageType: "NOTICE", noticeType: "TypingStarted" }, "* Zoë is typing"],
  [{ messageType: "NOTICE", noticeType: "TypingStopped" }, undefined],
  [{ messageType: "NOTICE", noticeType: "FileUploaded" }, "* Zoë: FileUploaded"],
])("a transcript event %j is one line", (event, text) => {
  const parties = [{ userId: "z", userType: "Client", nickName: "Zoë" }];
  expect(transcriptEventText({ parties }, { id: 1, userId: "z", messageType: "MESSAGE", ...event })).toBe(
    text,
  );
});

test("a line has no control characters and nothing that reorders text", () => {
  expect(sanitizeLine("a\u001b[2Jb\u0000\u009bc\u202ed\u2066e\u200bf\ufeffg\u2028h")).toBe("a[2Jbcdefgh");
  expect(sanitizeLine("one\r\ntwo\tthree\nfour")).toBe("one two three four");
  const text = "Zoë 美咲 Олена 👩‍👩‍👧 नमस्ते";
  expect(sanitizeLine(text)).toBe(text);
});
