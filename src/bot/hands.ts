import type { Interaction } from "../index.ts";
import { BotError } from "./bot-error.ts";
import { decide } from "./decide.ts";
import { failure } from "./contained.ts";
import * as errorText from "./error-text.ts";
import { handBack } from "./hand-back.ts";
import { Scope } from "./scope.ts";
import { ScriptRun } from "./script-run.ts";
import { stream } from "./seeds.ts";
import { describeInteraction } from "./situation.ts";
import { Work, type WorkSetup } from "./work.ts";

/** What the hands of a bot need of it. */
export interface HandsSetup extends Omit<WorkSetup, "random"> {
  readonly seed: number;
  readonly channels: readonly string[];
  /** Is what has ended to be dismissed when the script is through with it? */
  readonly dismisses: boolean;
}

/** An interaction that the agent has, or is offered. */
interface Hand {
  state: string;
  offer?: Scope;
  work?: Work;
}

/** What is remembered of an interaction, for when it comes back. */
interface Past {
  offers: number;
  works: number;
  hasFailed: boolean;
}

/** How many interactions are remembered; the one that was dealt with longest ago is forgotten first. */
const maxPasts = 100;

/** What an agent has in hand: each offer is decided on once, and each accepted interaction worked on once. */
export class Hands {
  readonly #setup: HandsSetup;
  readonly #hands = new Map<string, Hand>();
  readonly #pasts = new Map<string, Past>();
  /** What the script is not through with, also when the interaction has ended. */
  readonly #works = new Set<Work>();
  readonly #offers = new Set<Scope>();
  readonly #tasks = new Set<Promise<void>>();
  /** What the hands do of themselves, in nobody's script. */
  readonly #own: Scope;
  #takes: "all" | "accepted" | "nothing" = "all";

  constructor(setup: HandsSetup) {
    this.#setup = setup;
    const run = new ScriptRun(`the agent ${setup.host.name}`);
    this.#own = new Scope(run, setup.clock, () => "handing back");
  }

  /** Something may have changed with an interaction. */
  look(interaction: Interaction): void {
    const { id, state, isEnded } = interaction;
    const hand = this.#hands.get(id);
    if (isEnded) {
      hand?.offer?.close("ended");
      hand?.work?.end();
      this.#hands.delete(id);
      this.#letGo(interaction);
      return;
    }
    if (hand === undefined) {
      if (this.#setup.channels.includes(interaction.channel)) this.#takeUp(interaction, { state });
      return;
    }
    if (hand.state === state) return;
    hand.state = state;
    hand.offer?.notes.add(`state ${state}`);
    hand.work?.scope.notes.add(`state ${state}`);
    this.#takeUp(interaction, hand);
  }

  /** Something came that everybody who waits should know of. */
  note(what: string): void {
    for (const { offer, work } of this.#hands.values()) {
      offer?.notes.add(what);
      work?.scope.notes.add(what);
    }
  }

  /** How many interactions the script works on. */
  working(channel?: string): number {
    if (channel === undefined) return this.#works.size;
    return [...this.#works].filter((work) => work.channel === channel).length;
  }

  /** Takes no offer from now on. */
  refuse(): void {
    if (this.#takes === "all") this.#takes = "accepted";
    for (const offer of this.#offers) offer.close("stopped");
    for (const work of this.#works) work.look();
  }

  /** Resolves when the script is through with everything that it has. */
  async through(): Promise<void> {
    while (this.#tasks.size > 0) await Promise.all(this.#tasks);
  }

  /** Ends the work on everything, as it is. */
  cut(): void {
    // A rule that only hears of it now had no time to come back.
    const hadTime = this.#takes !== "all";
    this.refuse();
    this.#takes = "nothing";
    for (const work of this.#works) work.cut();
    for (const { run } of this.#offers) {
      const [code, text] = hadTime
        ? (["stuck", errorText.stuckAtStop] as const)
        : (["stopped", errorText.cut] as const);
      run.abandon(new BotError(code, text(run.about, run.step), { id: run.id }));
    }
  }

  /** Gives everything out of the agent's hands that can be. */
  async handBack(): Promise<void> {
    const { desk, channels } = this.#setup;
    const live = desk.interactions.getSnapshot().filter(({ channel }) => channels.includes(channel));
    await Promise.all(live.map((interaction) => this.#handBack(interaction)));
  }

  /** Lets go of what is under way. */
  close(): void {
    this.#own.close("stopped");
  }

  /** What has ended and no script works on any more need not be kept. */
  #letGo(interaction: Interaction): void {
    const { id, outcome, pending } = interaction;
    // How it ended may have to be told yet; then there will be another change.
    if (!this.#setup.dismisses || outcome === null || pending.length > 0) return;
    for (const { scope } of this.#works) if (scope.run.id === id) return;
    interaction.dismiss();
  }

  #takeUp(interaction: Interaction, hand: Hand): void {
    const { id, state } = interaction;
    this.#hands.set(id, hand);
    if (state !== "Invited") hand.offer?.close("ended");
    if (state === "Invited" && this.#takes === "all") this.#offer(interaction, hand);
    if (state === "Accepted" && this.#takes !== "nothing" && hand.work === undefined)
      this.#work(interaction, hand);
  }

  #offer(interaction: Interaction, hand: Hand): void {
    const { desk, clock, seed, host } = this.#setup;
    const { id, channel } = interaction;
    const past = this.#past(id);
    const times = ++past.offers;
    // What the script failed on would only come back again and again.
    if (past.hasFailed) return;
    const run = new ScriptRun(`the offer of ${channel} ${id}`, id);
    const scope = new Scope(run, clock, () => describeInteraction(desk, interaction));
    hand.offer = scope;
    const random = stream(seed, host.name, "offered", id, times);
    this.#offers.add(scope);
    const decided = decide({ ...this.#setup, random, scope }, interaction, times);
    this.#task(decided.finally(() => this.#offers.delete(scope)));
  }

  #work(interaction: Interaction, hand: Hand): void {
    const { script, seed, host } = this.#setup;
    if (interaction.kind === "other" || script[interaction.kind] === undefined) return;
    const { id } = interaction;
    const random = stream(seed, host.name, "work", id, ++this.#past(id).works);
    const work = new Work({ ...this.#setup, random }, interaction);
    hand.work = work;
    this.#works.add(work);
    this.#task(
      work.through.then(async (ending) => {
        this.#works.delete(work);
        this.#letGo(interaction);
        if (ending === "failed") this.#past(id).hasFailed = true;
        if (ending !== "finished" && this.#takes !== "nothing") await this.#handBack(interaction);
      }),
    );
  }

  async #handBack(interaction: Interaction): Promise<void> {
    if (interaction.isEnded) return;
    const { script, seed, host } = this.#setup;
    const random = stream(seed, host.name, "hand-back");
    await handBack({ ...this.#setup, random, scope: this.#own }, interaction, script.handBack);
  }

  #task(task: Promise<void>): void {
    const { tell } = this.#setup;
    const tracked = task
      .catch((error: unknown) => tell({ type: "failed", ...failure("offered", undefined, error) }))
      .finally(() => this.#tasks.delete(tracked));
    this.#tasks.add(tracked);
  }

  #past(id: string): Past {
    const past = this.#pasts.get(id) ?? { offers: 0, works: 0, hasFailed: false };
    // The latest comes last.
    this.#pasts.delete(id);
    this.#pasts.set(id, past);
    if (this.#pasts.size > maxPasts) this.#pasts.delete(this.#pasts.keys().next().value!);
    return past;
  }
}
