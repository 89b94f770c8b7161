import type { Answer, InteractionOutcome, OperationOutcome } from "deskstate";
import { handDesk, type HandDesk } from "../store/hand-desk.ts";
import { SmallServer } from "./small-server.ts";

/** One wish of an agent, and what the server may say meanwhile. */
export interface Race {
  readonly operation: string;
  readonly parameters?: object;
  readonly channel: "email" | "chat";
  /** The server's state when it begins. */
  readonly from: string;
  /** The server's states that may come in between. */
  readonly says: readonly string[];
}

/**
 * What becomes of the notifications that are sent while the link is lost: they are gone with the session, or kept and
 * delivered before the list is asked for or while it is read. `silent`: none is ever delivered.
 */
export type Post = "gone" | "kept" | "late" | "silent";

/** What an agent sees of the interaction. */
export interface Sight {
  readonly state: string;
  readonly isEnded: boolean;
  readonly outcome: InteractionOutcome | null;
}

/** What is so after one thing happened. */
export interface Step extends Sight {
  readonly happening: string;
  readonly isUnderWay: boolean;
  readonly isSettled: boolean;
  readonly connection: string;
  /** What the server has, when the desk has had a way to learn of it. */
  readonly truth: { readonly state: string; readonly isEnded: boolean } | undefined;
}

/** How one interleaving went. */
export interface Course {
  readonly told: string;
  readonly outcomes: readonly OperationOutcome[];
  readonly requests: number;
  readonly steps: readonly Step[];
  /** Everything that was seen, between steps too. */
  readonly sights: readonly Sight[];
  readonly timersLeft: number;
}

export const operationTimeout = 5000;
export const recoveryTimeout = 12_000;

const answers: Readonly<Record<string, Answer>> = {
  "HTTP ok": { kind: "acknowledged" },
  "HTTP refused": { kind: "refused", code: 4, message: "No." },
  "no answer": { kind: "unanswered" },
};

/** Plays one interleaving through a desk, then lets all time limits pass. */
export async function play(race: Race, happenings: readonly string[], post: Post): Promise<Course> {
  const hand = await handDesk({ operationTimeout, recoveryTimeout });
  const server = new SmallServer(race.channel, race.from);
  hand.list.interactions = server.list();
  hand.notify(...server.list());
  const interaction = hand.desk.interaction(SmallServer.id)!;
  const wish = (interaction.actions as Record<string, Wish | undefined>)[race.operation]!;
  const outcomes: OperationOutcome[] = [];
  const sights: Sight[] = [look(interaction)];
  interaction.subscribe(() => sights.push(look(interaction)));
  const steps: Step[] = [];
  const mail: object[] = [];
  let isLinked = true;
  let readsWhenInformed = 0;

  const happen = async (happening: string) => {
    const answer = answers[happening];
    if (answer !== undefined) await hand.asked[0]?.answer(answer);
    else if (happening === "sent") void wish(race.parameters).then((outcome) => outcomes.push(outcome));
    else if (happening === "time out") hand.clock.advance(operationTimeout);
    else if (happening === "end of time") hand.clock.advance(recoveryTimeout);
    else if (happening === "link lost") {
      isLinked = false;
      hand.loseLink();
    } else if (happening === "link back") {
      isLinked = true;
      await regain(hand, mail.splice(0), post);
    } else {
      const notification = server.comesTo(happening);
      hand.list.interactions = server.list();
      if (isLinked && post !== "silent") hand.notify(notification);
      else {
        readsWhenInformed = hand.list.reads + 1;
        if (post === "kept" || post === "late") mail.push(notification);
      }
    }
    await hand.settle();
    steps.push({
      happening,
      ...look(interaction),
      isUnderWay: interaction.pending.includes(race.operation),
      isSettled: outcomes.length > 0,
      connection: hand.desk.connection.state,
      truth: hand.list.reads < readsWhenInformed ? undefined : server.truth(),
    });
  };
  for (const happening of happenings) await happen(happening);
  for (let round = 0; round < 2; round++) await happen("time out");
  for (let round = 0; round < 2; round++) await happen("end of time");
  return {
    told: `${race.operation}: ${happenings.join(", ")} (${post})`,
    outcomes,
    requests: hand.asked.length,
    steps,
    sights,
    timersLeft: hand.clock.pending,
  };
}

type Wish = (parameters?: object) => Promise<OperationOutcome>;

function look({ state, isEnded, outcome }: Sight): Sight {
  return { state, isEnded, outcome };
}

async function regain(hand: HandDesk, mail: readonly object[], post: Post): Promise<void> {
  if (post !== "late") {
    hand.notify(...mail);
    return hand.regainLink();
  }
  const release = hand.holdReadings();
  hand.sink().connected({ isAcknowledging: true });
  await hand.settle();
  hand.notify(...mail);
  await release();
}
