import type { OperationOutcomeName } from "deskstate";
import type { Contest } from "./contests.ts";
import type { Course, Sight, Step } from "./race.ts";

/** A rule that a supervisor would hold every course of a contest to. */
export interface Agreement {
  readonly rule: string;
  readonly holds: (course: Course, contest: Contest) => boolean;
}

const words: Readonly<Record<OperationOutcomeName, true>> = {
  Done: true,
  Refused: true,
  Revoked: true,
  Ended: true,
  Superseded: true,
  TimedOut: true,
  LinkLost: true,
  Stopped: true,
  NotAllowed: true,
};

export const agreements: readonly Agreement[] = [
  {
    rule: "the agent gets exactly one answer to the wish, a word from the closed list",
    holds: ({ outcomes }) => outcomes.length === 1 && Object.hasOwn(words, outcomes[0]!.outcome),
  },
  {
    rule: "a wish is pending from its sending until its answer, neither longer nor shorter",
    holds: (course) =>
      course.steps.every(
        ({ isUnderWay, isSettled }, at) =>
          isUnderWay === (course.requests > 0 && at >= sentAt(course) && !isSettled),
      ),
  },
  {
    rule: "a wish is asked of the server once, and not at all when it is not allowed",
    holds: (course) => course.requests === (wordOf(course) === "NotAllowed" ? 0 : 1),
  },
  {
    rule: "an interaction that has ended has one outcome, open only while an answer is on its way; one that lives has none",
    holds: ({ steps, sights }) =>
      sights.every(({ isEnded, outcome }) => isEnded || outcome === null) &&
      steps.every(({ isEnded, outcome, isUnderWay }) => isEnded === (outcome !== null) || isUnderWay),
  },
  {
    rule: "an outcome that was given never changes, and what has ended stays as it ended",
    holds: ({ sights }) =>
      sights.every((now, at) => {
        const before = sights[at - 1];
        if (before === undefined || !before.isEnded) return true;
        return now.state === before.state && (before.outcome === null || now.outcome === before.outcome);
      }),
  },
  {
    rule: "a wish that settles as Done shows in the interaction",
    holds: (course, { endsAs, doneIn }) =>
      wordOf(course) !== "Done" ||
      course.sights.some(({ state }) => state === doneIn) ||
      (endsAs !== null && last(course).outcome === endsAs),
  },
  {
    rule: "what comes to show in the interaction while the wish is pending was Done",
    holds: (course, { endsAs, doneIn }) =>
      wordOf(course) === "Done" ||
      wordOf(course) === "NotAllowed" ||
      course.steps
        .slice(sentAt(course), settledAt(course) + 1)
        .every(({ state, outcome }) => state !== doneIn && (outcome === null || outcome !== endsAs)),
  },
  {
    rule: "an interaction ends by the agent's wish only if the server passed the wish on, or used its word",
    holds: (course, { endsAs, says }) => {
      const { state, outcome } = last(course);
      if (outcome === null || outcome !== endsAs || says.includes(endsAs)) return true;
      // An answer that was lost may have been a yes; but a revoke comes by itself as well.
      const wasPassedOn =
        wasReceived(course, "HTTP ok") || (wasReceived(course, "no answer") && state !== "Revoked");
      return wordOf(course) === "Done" && wasPassedOn;
    },
  },
  {
    rule: "a wish that the server passed on, and then the end, make it Done, whichever arrives first",
    holds: (course, { endsAs }) =>
      endsAs === null ||
      !isEndedWhenSettled(course) ||
      !wasReceived(course, "HTTP ok") ||
      wordOf(course) === "Done",
  },
  {
    rule: "an end that the wish may have caused is not judged before its answer is there or its time is up",
    holds: (course, { endsAs }) =>
      endsAs === null ||
      !["Revoked", "Ended"].includes(wordOf(course)) ||
      ["HTTP refused", "no answer", "time out"].some((happening) => wasReceived(course, happening)),
  },
  {
    rule: "an outcome that is not the wish's is the server's own word, or that the list no longer had it",
    holds: (course, { endsAs, says }) => {
      const { outcome } = last(course);
      return outcome === null || outcome === endsAs || outcome === "Gone" || says.includes(outcome);
    },
  },
  {
    rule: "a wish that came too late settles as Revoked exactly if the interaction was revoked",
    holds: (course) => {
      const { state, outcome } = last(course);
      if (wordOf(course) === "Revoked") return state === "Revoked" && outcome === "Revoked";
      return wordOf(course) !== "Ended" || (state !== "Revoked" && outcome === state);
    },
  },
  {
    rule: "what ended while the wish was pending never settles it as refused, timed out or lost",
    holds: (course) => {
      if (wordOf(course) === "NotAllowed" || !isEndedWhenSettled(course)) return true;
      return ["Done", "Revoked", "Ended"].includes(wordOf(course));
    },
  },
  {
    rule: "Refused means that the server refused, in its own words, and nothing changed by that",
    holds: (course) => {
      if (wordOf(course) !== "Refused") return true;
      const [before, now] = [course.steps[settledAt(course) - 1]!, course.steps[settledAt(course)]!];
      const isUnchanged = now.state === before.state && now.outcome === before.outcome;
      return now.happening === "HTTP refused" && isUnchanged && course.outcomes[0]!.code === 4;
    },
  },
  {
    rule: "TimedOut comes from a desk that is Live, had time and has asked for the server's list",
    holds: (course) => {
      const { happening, connection, truth } = course.steps[settledAt(course)]!;
      if (wordOf(course) !== "TimedOut") return true;
      return connection === "Live" && truth !== undefined && /^time out|list read$/.test(happening);
    },
  },
  {
    rule: "LinkLost comes from a desk that waited for its link in vain",
    holds: (course) => {
      const { happening, connection } = course.steps[settledAt(course)]!;
      return wordOf(course) !== "LinkLost" || (connection === "Recovering" && happening === "end of time");
    },
  },
  {
    rule: "NotAllowed has its reason: the link was lost, it had ended, or the server no longer granted it",
    holds: (course) => {
      const { isEnded, connection } = course.steps[sentAt(course)]!;
      const why = isEnded ? "ended" : connection === "Live" ? "not-granted" : "not-live";
      return course.outcomes[0]!.reason === (wordOf(course) === "NotAllowed" ? why : undefined);
    },
  },
  {
    rule: "while the desk is Live and had a way to know, it shows what the server has",
    holds: ({ steps }) =>
      steps.every(({ connection, truth, state, isEnded }, at) => {
        if (connection !== "Live" || truth === undefined) return true;
        if (!isEnded) return !truth.isEnded && state === truth.state;
        const wasSaid = steps.slice(0, at + 1).some(({ happening }) => happening === state);
        return truth.isEnded && (state === "Gone" || wasSaid);
      }),
  },
  {
    rule: "a wish that was answered leaves no clock running, and nothing does when all is over",
    holds: ({ steps, post }) => {
      // The desk looks up in the list what it received after the end, or while the list was read, a little later.
      const isLookedUp = steps.some((step, at) => isSaid(step) && steps[at - 1]?.isEnded === true);
      const mayLookUp = isLookedUp || post === "late" || post === "slow";
      return (
        steps.at(-1)!.timers === 0 && steps.every((step) => mayLookUp || !step.isSettled || step.timers === 0)
      );
    },
  },
];

/** Returns the outcome that the agent received. */
export function wordOf({ outcomes }: Course): OperationOutcomeName {
  return outcomes[0]!.outcome;
}

/** Returns the interaction as it is in the end. */
export function last({ sights }: Course): Sight {
  return sights.at(-1)!;
}

function isSaid({ happening }: Step): boolean {
  return /^[A-Z]\w+$/.test(happening);
}

function sentAt({ steps }: Course): number {
  return steps.findIndex(({ happening }) => happening === "sent");
}

function settledAt({ steps }: Course): number {
  return steps.findIndex(({ isSettled }) => isSettled);
}

/** Whether this had happened when the wish settled. */
function wasReceived(course: Course, happening: string): boolean {
  const at = course.steps.findIndex((step) => step.happening === happening);
  return at >= 0 && at <= settledAt(course);
}

function isEndedWhenSettled(course: Course): boolean {
  return course.steps[settledAt(course)]!.isEnded;
}
