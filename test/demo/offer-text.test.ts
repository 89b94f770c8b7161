import { expect, test } from "vitest";
import { offerText } from "../../demo/desk/invitations.tsx";

test("the text of an offer has its age and when it will be revoked", () => {
  const seen = { time: 1_000, isExact: true };
  expect(offerText(seen, 1_000, 15_000)).toBe("offered 0 s ago · revoked at 15 s");
  expect(offerText(seen, 13_999, 15_000)).toBe("offered 12 s ago · revoked at 15 s");
});

test("the text of an offer whose time is up shows that until the server revokes it", () => {
  expect(offerText({ time: 0, isExact: true }, 15_400, 15_000)).toBe(
    "offered 15 s ago · about to be revoked",
  );
});

test("an offer that was found in the server's list may be older than it looks", () => {
  expect(offerText({ time: 0, isExact: false }, 3_000, 15_000)).toBe(
    "offered 3 s ago or earlier · revoked at 15 s",
  );
});

test("without the server's timeout no end is shown", () => {
  expect(offerText({ time: 0, isExact: true }, 4_000, undefined)).toBe("offered 4 s ago");
});

test("a clock that was set back gives no negative age", () => {
  expect(offerText({ time: 9_000, isExact: true }, 4_000, undefined)).toBe("offered 0 s ago");
});
