import { inspect } from "node:util";
import { expect, test } from "vitest";
import { chat, email, handDesk, joined, transcript } from "./hand-desk.ts";

test("a handle has all that its snapshots have, and always shows the current state", async () => {
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
  const known = { content: { subject: "Help", text: "Please." }, inQueues: { in: "" }, startDate: 1 };
  notify(email("e", "Accepted", known), chat("c", "Accepted", transcript(2, ...joined)));
  deliver({ channel: "/v2/me/channels", data: { channels: [ready] } });
  agree();
  expect(Object.keys(desk.interaction("e")!.getSnapshot())).toContain("email");
  expect(Object.keys(desk.interaction("c")!.getSnapshot())).toContain("transcript");
});

test("console.log of a desk and of its handles is short and shows no customer data", async () => {
  const { desk, notify } = await handDesk();
  notify(email("e", "Invited", { content: { subject: "Secret", text: "Secret" } }), chat("c", "Accepted"));
  notify(chat("c", "Completed"));
  expect(inspect(desk)).toBe(
    [
      "Desk {",
      "  connection: 'Live',",
      "  channels: [ 'email', 'chat' ],",
      "  interactions: 1,",
      "  invitations: 1,",
      "  ended: 1,",
      "  anomalies: 0",
      "}",
    ].join("\n"),
  );
  const shown = [desk.interaction("e"), desk.channel("email"), desk.connection].map((handle) =>
    inspect(handle),
  );
  expect(shown.map((text) => text.split(" ")[0])).toEqual(["Interaction", "Channel", "Connection"]);
  expect(shown[0]).toMatch(/id: 'e'.*actions: \[ 'Accept', 'Reject' \]/s);
  expect(shown.join()).not.toContain("Secret");
});
