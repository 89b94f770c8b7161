import { expect, test } from "vitest";
import { chat, email, handDesk, joined, transcript } from "./hand-desk.ts";

test("a handle has all that its snapshots have, and says what is so now", async () => {
  const { desk, notify, deliver } = await handDesk();
  const ready = { channel: "chat", userState: { state: "Ready", reason: "Back" }, dndState: "Off" };
  notify(email("e", "Invited"), chat("c", "Invited"), { id: "v", channel: "voice", state: "Invited" });
  const handles = [
    ...["e", "c", "v"].map((id) => desk.interaction(id)!),
    desk.channel("chat"),
    desk.connection,
  ];
  const agree = () => {
    for (const handle of handles) {
      const snapshot = handle.getSnapshot();
      const read = handle as unknown as Record<string, unknown>;
      expect(Object.fromEntries(Object.keys(snapshot).map((key) => [key, read[key]]))).toEqual(snapshot);
    }
  };
  agree();
  const told = { content: { subject: "Help", text: "Please." }, inQueues: { in: "" }, startDate: 1 };
  notify(email("e", "Accepted", told), chat("c", "Accepted", transcript(2, ...joined)));
  deliver({ channel: "/v2/me/channels", data: { channels: [ready] } });
  agree();
  expect(Object.keys(desk.interaction("e")!.getSnapshot())).toContain("email");
  expect(Object.keys(desk.interaction("c")!.getSnapshot())).toContain("transcript");
});
