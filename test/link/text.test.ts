import type { AddressInfo, Socket } from "node:net";
import { createServer } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { systemClock } from "../../src/domain/clock.ts";
import { exchange } from "../../src/links/gws/exchange.ts";
import { deskAt, email } from "./desk-at.ts";
import { listen } from "./listen.ts";
import { simulate } from "./simulate.ts";
import { until } from "./until.ts";

/** Characters of one to four bytes: the first, one within and the last of each Unicode plane, and what joins others. */
const planes = Array.from({ length: 17 }, (_, plane) =>
  [0x20, 0x4e2d, 0xfffd].map((offset) => String.fromCodePoint(plane * 0x10000 + offset)).join(""),
).join("");
const text = `aß€😀 👩‍👩‍👧 e\u0301 \u202E\u0000\uFEFF ${planes}`;

/** Writes the pieces one by one, each in a packet of its own as far as one machine can see to that. */
async function writePieces(socket: Socket, pieces: readonly Buffer[]): Promise<void> {
  for (const piece of pieces) {
    await new Promise<void>((resolve) => socket.write(piece, () => resolve()));
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** A server that speaks HTTP by hand: it answers each request with the next of these lists of pieces. */
async function rawServer(answers: readonly (readonly Buffer[])[]): Promise<string> {
  let next = 0;
  const server = createServer((socket) => {
    socket.setNoDelay(true);
    socket.on("error", () => {});
    socket.on("data", () => {
      const pieces = answers[next++] ?? [];
      const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
      const head = `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n\r\n`;
      void writePieces(socket, [Buffer.from(head), ...pieces]);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

function get(url: string, maxResponseBytes = 1e6, fetch = globalThis.fetch): ReturnType<typeof exchange> {
  return exchange(
    { method: "GET", url, timeout: 10_000 },
    {},
    { fetch, clock: systemClock, maxResponseBytes },
  );
}

test("text of every plane, cut in two at any byte on its way, arrives whole", async () => {
  const bytes = Buffer.from(text);
  const cuts = Array.from({ length: bytes.length + 1 }, (_, at) => [
    bytes.subarray(0, at),
    bytes.subarray(at),
  ]);
  const url = await rawServer(cuts);
  for (const [at] of cuts.entries()) {
    const answer = await get(url);
    expect(answer, `cut at byte ${at}`).toMatchObject({ kind: "answer", text });
  }
});

test("text that arrives byte by byte arrives whole", async () => {
  const bytes = Array.from(Buffer.from(text), (byte) => Buffer.of(byte));
  expect(await get(await rawServer([bytes]))).toMatchObject({ kind: "answer", text });
  const chunks = new ReadableStream({
    start(controller) {
      for (const byte of bytes) controller.enqueue(new Uint8Array(byte));
      controller.close();
    },
  });
  expect(await get("http://localhost/", 1e6, () => Promise.resolve(new Response(chunks)))).toMatchObject({
    text,
  });
});

test("bytes that are no text are replaced, and what follows is read", async () => {
  const url = await rawServer([[Buffer.from([0x61, 0xff, 0xe2, 0x82, 0x62])]]);
  expect(await get(url)).toMatchObject({ text: "a\uFFFD\uFFFDb" });
});

test("an answer of just so many bytes as are allowed is read, and one with more is given up", async () => {
  const [fits, exceeds] = [Buffer.alloc(1024, "x"), Buffer.alloc(1025, "x")];
  const url = await rawServer([[fits], [exceeds]]);
  expect(await get(url, 1024)).toMatchObject({ kind: "answer", text: "x".repeat(1024) });
  expect(await get(url, 1024)).toMatchObject({ kind: "failed", reason: "unexpected-content" });
});

test("what customers write passes both ways unharmed", async () => {
  const { server, url } = await listen();
  const { desk } = deskAt(url);
  await desk.start();
  const said = [{ id: 1, messageType: "MESSAGE", userId: "c", text }];
  const content = { latestEventId: 1, sessionId: "1", events: said };
  server.notify("/v2/me/interactions", {
    ...email("1", "Accepted"),
    channel: "chat",
    capabilities: ["Send"],
    content,
    userData: { [text]: text },
  });
  await until("the chat is shown", () => desk.interaction("1") !== undefined);
  const chat = desk.interaction("1")!;
  if (chat.kind !== "chat") throw new Error("This is not a chat.");
  expect(chat.transcript.events[0]?.text).toBe(text);
  expect(Object.entries(chat.userData)).toEqual([[text, text]]);
  void chat.actions.Send?.({ text });
  await until("it was sent", () => server.count("SendMessage") === 1);
  expect(server.asked.find(({ what }) => what === "SendMessage")?.body).toMatchObject({ text });
});

test("notifications that are too long for the desk are given up with a word, and the truth is read instead", async () => {
  const { server, url } = await listen();
  const { desk, anomalyCodes, states } = deskAt(url, { maxResponseBytes: 10_000 });
  await desk.start();
  server.interactions = [email("long")];
  server.notify("/v2/me/interactions", { ...email("long"), userData: { Note: "x".repeat(20_000) } });
  await until("the desk has noticed", () => states.includes("Recovering: unexpected-content"));
  await until("the desk is Live", () => desk.connection.state === "Live");
  expect(desk.interaction("long")?.state).toBe("Invited");
  expect(anomalyCodes().filter((code) => code === "unexpected-content")).toHaveLength(1);
});

test("notifications that an acknowledging server sends again and again do not keep the desk from the truth", async () => {
  const simulator = await simulate();
  const { desk } = deskAt(simulator.url, { maxResponseBytes: 10_000 });
  await desk.start();
  await desk.channel("chat").actions.Ready?.();
  simulator.notify("agent1", "/v2/me/interactions", { remark: "x".repeat(20_000) });
  const { id } = simulator.customers.chat();
  await until("the offer is shown", () => desk.interaction(id)?.state === "Invited");
  await until("the desk is Live", () => desk.connection.state === "Live");
});

test("a list that is too long for the desk is given up with a word, and the desk is not Live", async () => {
  const { server, url } = await listen();
  server.interactions = [{ ...email("long"), userData: { Note: "x".repeat(20_000) } }];
  const { desk, anomalyCodes } = deskAt(url, { maxResponseBytes: 10_000 });
  void desk.start().catch(() => {});
  await until("it was reported", () => anomalyCodes().includes("read-failed"));
  expect(desk.connection.state).toBe("CatchingUp");
  server.interactions = [email("short")];
  await until("the desk is Live", () => desk.connection.state === "Live");
});
