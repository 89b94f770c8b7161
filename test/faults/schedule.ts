// Random work under random faults; after public bug reports, see the issue about outcomes.
import { seededRandom } from "../../src/domain/random.ts";
import type { Interaction, OperationOutcome } from "../../src/index.ts";
import { lastingFaults, Network } from "./network.ts";
import { user, worldDesk, type WorldDesk } from "./world-desk.ts";
import type { WorldInteraction } from "./world.ts";

/** An operation that the agent performed. */
export interface Attempt {
  readonly operation: string;
  readonly id: string;
  /** The text of a message; no two messages have the same. */
  readonly text: string | undefined;
  outcome: OperationOutcome["outcome"] | undefined;
}

type Perform = (parameters?: object) => Promise<OperationOutcome>;

const deeds = 60;

/** Returns what is left when the work of this seed is done, and the network works again. */
export async function runSchedule(seed: number): Promise<WorldDesk & { readonly attempts: Attempt[] }> {
  const random = seededRandom(seed);
  const any = <Value>(list: readonly Value[]): Value | undefined => list[Math.floor(random() * list.length)];
  const network = new Network(
    random,
    (ms) => new Promise((resolve) => void all.time.setTimeout(resolve, ms)),
  );
  const all = await worldDesk({ seed, through: network.through, gws: { requestTimeout: 2000 } });
  const { desk, world, server, time } = all;
  const attempts: Attempt[] = [];
  let texts = 0;

  const perform = (
    interaction: Interaction | undefined,
    operation: string,
    parameters: { readonly text?: string; readonly [name: string]: unknown } = {},
  ) => {
    const action = (interaction?.actions as Readonly<Record<string, Perform | undefined>>)?.[operation];
    if (interaction === undefined || action === undefined) return;
    const { text } = parameters;
    const attempt: Attempt = { operation, id: interaction.id, text, outcome: undefined };
    attempts.push(attempt);
    void action(parameters).then(({ outcome }) => (attempt.outcome = outcome));
  };
  const text = () => `text ${++texts}`;
  const atDesk = (state: string, kind?: string) =>
    any(
      desk.interactions.getSnapshot().filter((one) => one.state === state && one.kind === (kind ?? one.kind)),
    );
  const truth = (isWanted: (one: WorldInteraction) => boolean = () => true) =>
    any([...world.agent(user).interactions.values()].filter(isWanted));

  const works: (() => void)[] = [
    () => void world.invite(user, any(["email", "chat"] as const)!),
    () => perform(atDesk("Invited"), "Accept", { nickname: "Ana" }),
    () => perform(atDesk("Invited"), "Accept", { nickname: "Ana" }),
    () => perform(atDesk("Accepted", "chat"), "Send", { text: text() }),
    () => perform(atDesk("Accepted", "email"), "Reply"),
    () => perform(atDesk("Composing"), "Send", { text: text() }),
    () => perform(atDesk("Composing"), "Send", { text: text() }),
    () => perform(atDesk("Accepted"), "AttachUserData", { userData: { [text()]: "yes" } }),
    () => perform(atDesk("Accepted"), "StopProcessing"),
    () => {
      const chat = truth(({ channel, state }) => channel === "chat" && state === "Accepted");
      if (chat !== undefined) world.write(user, chat, text());
    },
    () => {
      const interaction = truth();
      if (interaction !== undefined) world.setData(user, interaction, { N: ++texts });
    },
    () => {
      // That a draft is ended by another cause than Send is a case of its own, in outcomes.test.ts.
      const interaction = truth(({ state }) => state !== "Composing");
      if (interaction !== undefined) world.end(user, interaction, any(["Revoked", "Completed"])!);
    },
  ];
  const faults: (() => void)[] = [
    () => {
      network.fault = any(lastingFaults);
      time.setTimeout(() => (network.fault = undefined), random() * 5000);
    },
    () => network.cutAll(),
    () => server.expireHttp(),
    () => server.expireComet(),
    () => server.changeCsrf(),
  ];

  for (const kind of ["chat", "email", "chat", "email"] as const) await all.accepted(kind);
  network.latency = 400;
  for (let deed = 0; deed < deeds; deed++) {
    any(random() < 0.85 ? works : faults)!();
    await time.advance(Math.floor(random() ** 3 * 3000));
  }
  network.fault = undefined;
  network.latency = 0;
  await time.until("all is settled", () => {
    const isSettled = attempts.every(({ outcome }) => outcome !== undefined);
    return isSettled && desk.connection.state === "Live";
  });
  // Enough for the notifications and the list that are still to come.
  await time.advance(15_000);
  return { ...all, attempts };
}

/** Returns what a desk shows, in the form of {@link pictureOfWorld}. */
export function pictureOfDesk({ desk }: WorldDesk): object {
  return Object.fromEntries(
    desk.interactions.getSnapshot().map((interaction) => {
      const { id, state, capabilities, userData } = interaction;
      const texts =
        interaction.kind === "chat" ? interaction.transcript.events.map((event) => event.text) : [];
      return [id, { state, capabilities: [...capabilities], userData: { ...userData }, texts }];
    }),
  );
}

/** Returns the truth: the interactions that the server has, each with its state and data. */
export function pictureOfWorld({ world }: WorldDesk): object {
  return Object.fromEntries(
    [...world.agent(user).interactions.values()].map(({ id, state, capabilities, userData, events }) => [
      id,
      { state, capabilities: [...capabilities], userData: { ...userData }, texts: events.map((e) => e.text) },
    ]),
  );
}
