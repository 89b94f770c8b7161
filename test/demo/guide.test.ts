import { expect, test } from "vitest";
import { guideStep } from "../../demo/simulator-panel/guide.tsx";
import { email, handDesk } from "../desk/hand-desk.ts";

test("the guide advances with the actions of the visitor", async () => {
  const { deliver, desk, notify } = await handDesk();
  expect(guideStep(desk)).toBe(0);
  const channels = [{ channel: "chat", userState: { state: "Ready" } }];
  deliver({ channel: "/v2/me/channels", data: { channels } });
  expect(guideStep(desk)).toBe(1);
  notify(email("e", "Invited"));
  expect(guideStep(desk)).toBe(2);
  notify(email("e", "Accepted"));
  expect(guideStep(desk)).toBe(3);
  notify(email("e", "Completed"));
  expect(guideStep(desk)).toBe(3);
});

test("after a revoked offer the guide asks for another one", async () => {
  const { deliver, desk, notify } = await handDesk();
  const channels = [{ channel: "chat", userState: { state: "Ready" } }];
  deliver({ channel: "/v2/me/channels", data: { channels } });
  notify(email("e", "Invited"), email("e", "Revoked"));
  expect(guideStep(desk)).toBe(1);
});
