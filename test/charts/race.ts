import type { ServerAnswer, InteractionOutcome, OperationOutcome } from "deskstate";
import { handDesk } from "../desk/hand-desk.ts";
import { SmallServer } from "./small-server.ts";

/** One wish of an agent, and the states that the server may report meanwhile. */
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
 * The fate of notifications that are sent while the link is lost, and the reading of the list when it is back.
 *
 * - `gone`: they are gone with the session.
 * - `kept`: they are delivered before the list is asked for. `late`: while it is read.
 * - `slow`: they are gone, and the list is read so slowly that the next thing happens before it is there.
 * - `silent`: no notification is ever delivered.
 */
export type Post = "gone" | "kept" | "late" | "slow" | "silent";

/** The interaction as an agent sees it. */
export interface Sight {
  readonly state: string;
  readonly isEnded: boolean;
  readonly outcome: InteractionOutcome | null;
}

/** The state of everything after one event. */
export interface Step extends Sight {
  readonly happening: string;
  readonly isUnderWay: boolean;
  readonly isSettled: boolean;
  readonly connection: string;
  /** The server's state, once the desk has had a way to learn of it. */
  readonly truth: { readonly state: string; readonly isEnded: boolean } | undefined;
  readonly timers: number;
}

/** The course of one interleaving. */
export interface Course {
  readonly name: string;
  readonly post: Post;
  readonly outcomes: readonly OperationOutcome[];
  readonly requests: number;
  readonly steps: readonly Step[];
  /** Everything that was seen, between steps too. */
  readonly sights: readonly Sight[];
}

const operationTimeout = 5000;
const recoveryTimeout = 12_000;

const answers: Readonly<Record<string, ServerAnswer>> = {
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
  let answerList: (() => Promise<void>) | undefined;

  const happen = async (happening: string) => {
    const answer = answers[happening];
    if (answer !== undefined) await hand.asked[0]?.answer(answer);
    else if (happening === "sent") void wish(race.parameters).then((outcome) => outcomes.push(outcome));
    else if (happening === "time out") hand.clock.advance(operationTimeout);
    else if (happening === "end of time") hand.clock.advance(recoveryTimeout);
    else if (happening === "list read") await answerList?.();
    else if (happening === "link lost") {
      isLinked = false;
      hand.loseLink();
    } else if (happening === "link back") {
      isLinked = true;
      if (post === "kept") hand.notify(...mail);
      answerList = hand.holdReadings();
      hand.sink().onConnected({ isAcknowledging: true });
      if (post === "late") hand.notify(...mail);
    } else {
      const notification = server.comesTo(happening);
      hand.list.interactions = server.list();
      if (isLinked && post !== "silent") hand.notify(notification);
      else {
        readsWhenInformed = hand.list.reads + 1;
        mail.push(notification);
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
      timers: hand.clock.pending,
    });
  };
  for (const happening of [...happenings, "time out", "time out", "end of time", "end of time"]) {
    const isListDue = answerList !== undefined;
    if (isListDue && post !== "slow") await happen("list read");
    await happen(happening);
    if (isListDue && post === "slow") await happen("list read");
    if (isListDue) answerList = undefined;
  }
  return {
    name: `${race.operation}: ${happenings.join(", ")} (${post})`,
    post,
    outcomes,
    requests: hand.asked.length,
    steps,
    sights,
  };
}

type Wish = (parameters?: object) => Promise<OperationOutcome>;

function look({ state, isEnded, outcome }: Sight): Sight {
  return { state, isEnded, outcome };
}
