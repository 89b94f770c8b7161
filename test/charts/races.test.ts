import { beforeAll, describe, expect, test } from "vitest";
import { agreements, last, wordOf } from "./agreement.ts";
import { contests } from "./contests.ts";
import { everyInterleaving, isMissedMeanwhile } from "./interleavings.ts";
import { play, type Course, type Post } from "./race.ts";

// DESKSTATE_INTERLEAVINGS=all plays all of them, as the gate `long` does. Otherwise each contest plays other ones.
const stride = process.env["DESKSTATE_INTERLEAVINGS"] === "all" ? 1 : contests.length;

describe.each(contests)("$operation races with everything else:", (contest) => {
  const courses: Course[] = [];
  const all = everyInterleaving(contest.says).flatMap((interleaving) =>
    postsFor(interleaving, contest.says).map((post) => [interleaving, post] as const),
  );

  beforeAll(async () => {
    for (let at = contests.indexOf(contest) % stride; at < all.length; at += stride) {
      courses.push(await play(contest, ...all[at]!));
    }
  }, 120_000);

  test("the interleavings differ, and end in each outcome that the operation can have", () => {
    expect(all).toHaveLength(5269);
    expect(new Set(courses.map(({ name }) => name)).size).toBe(courses.length);
    expect(courses.length).toBeGreaterThanOrEqual(Math.floor(all.length / stride));
    const reached = new Set(courses.map(wordOf));
    expect([...reached].toSorted()).toEqual([
      "Done",
      "Ended",
      "LinkLost",
      "NotAllowed",
      "Refused",
      "Revoked",
      "TimedOut",
    ]);
  });

  test.each(agreements)("$rule", ({ holds }) => {
    const broken = courses.filter((course) => !holds(course, contest)).map(({ name }) => name);
    expect(broken.slice(0, 5)).toEqual([]);
  });
});

/** The ways in which notifications and the list may travel that make a difference to this interleaving. */
function postsFor(happenings: readonly string[], says: readonly string[]): readonly Post[] {
  if (!happenings.includes("link lost")) {
    return says.some((word) => happenings.includes(word)) ? ["gone", "silent"] : ["gone"];
  }
  if (isMissedMeanwhile(happenings, says)) return ["gone", "kept", "late"];
  const afterLink = happenings[happenings.indexOf("link back") + 1] ?? "nothing";
  const racesWithList = happenings.includes("link back") && ["time out", ...says].includes(afterLink);
  return racesWithList ? ["gone", "slow"] : ["gone"];
}

describe("what a supervisor would expect of", () => {
  test.each([
    ["an Accept that the server confirms", "Accept: sent, HTTP ok, Accepted", "Done", "Accepted", null],
    [
      "an Accept that is confirmed before its answer",
      "Accept: sent, Accepted, HTTP ok",
      "Done",
      "Accepted",
      null,
    ],
    ["an Accept that comes too late", "Accept: sent, HTTP ok, Revoked", "Revoked", "Revoked", "Revoked"],
    ["an accepted chat that is revoked", "Accept: sent, Accepted, Revoked", "Done", "Revoked", "Revoked"],
    ["an old Accepted after the revoke", "Accept: sent, Revoked, Accepted", "Revoked", "Revoked", "Revoked"],
    ["an Accept that is refused", "Accept: sent, HTTP refused", "Refused", "Invited", null],
    ["an Accept on which nothing follows", "Accept: sent, HTTP ok", "TimedOut", "Invited", null],
    [
      "an Accept that only the list confirms",
      "Accept: sent, link lost, Accepted, link back",
      "Done",
      "Accepted",
      null,
    ],
    [
      "a chat that was lost with the link",
      "Accept: sent, link lost, Revoked, link back",
      "Ended",
      "Gone",
      "Gone",
    ],
    ["an Accept when the link stays lost", "Accept: sent, HTTP ok, link lost", "LinkLost", "Invited", null],
    ["an Accept without a link", "Accept: link lost, sent", "NotAllowed", "Invited", null],
    ["a Reject that was passed on", "Reject: sent, HTTP ok, Revoked", "Done", "Revoked", "Rejected"],
    ["a Reject whose answer is overtaken", "Reject: sent, Revoked, HTTP ok", "Done", "Revoked", "Rejected"],
    ["a Reject that was too late", "Reject: sent, Revoked, HTTP refused", "Revoked", "Revoked", "Revoked"],
    ["a Reject whose answer is lost", "Reject: sent, no answer, Revoked", "Revoked", "Revoked", "Revoked"],
    [
      "a Reject that only the list shows",
      "Reject: sent, HTTP ok, link lost, Revoked, link back",
      "Done",
      "Gone",
      "Rejected",
    ],
    [
      "a refused wish that comes true",
      "StopProcessing: sent, HTTP refused, Completed",
      "Refused",
      "Completed",
      "Completed",
    ],
    [
      "a Completed without a transfer",
      "SingleStepTransfer: sent, Completed, HTTP refused",
      "Ended",
      "Completed",
      "Completed",
    ],
    [
      "a transfer that is Completed",
      "SingleStepTransfer: sent, Completed, HTTP ok",
      "Done",
      "Completed",
      "Transferred",
    ],
    ["a chat that was left, to be finished", "LeaveChat: sent, HTTP ok, LeftChat", "Done", "Left", null],
    [
      "a chat that was taken away before it was left",
      "LeaveChat: sent, Revoked, HTTP refused",
      "Revoked",
      "Revoked",
      "Revoked",
    ],
    ["a reply whose answer is lost", "Send: sent, no answer, Sent", "Done", "Sent", "Sent"],
  ])("%s (%s)", async (_, name, word, state, outcome) => {
    const [operation, happenings] = name.split(": ") as [string, string];
    const contest = contests.find((one) => one.operation === operation)!;
    const course = await play(contest, happenings.split(", "), "gone");
    expect({ word: wordOf(course), ...last(course) }).toMatchObject({ word, state, outcome });
  });
});
