import type { Interaction } from "../index.ts";
import { decide } from "./decide.ts";
import * as errorText from "./error-text.ts";
import { handBack } from "./hand-back.ts";
import { InteractionWork } from "./interaction-work.ts";
import { botFailure, ScriptCall } from "./script-call.ts";
import { contextFor, type BotContext } from "./bot-context.ts";
import { kindOf } from "./script-context.ts";
import { handlerOf } from "./script.ts";
import { WaitScope } from "./wait-scope.ts";

/** An interaction that the agent has or is offered. */
interface Assignment {
  state: string;
  offer?: WaitScope;
  work?: InteractionWork;
}

/** The history of an interaction, kept in case it comes back. */
interface AssignmentHistory {
  offers: number;
  works: number;
  hasFailed: boolean;
}

/** The maximum of histories; the one that was used longest ago is deleted first. */
const maxHistories = 100;

/** The interactions of an agent: each offer is decided on once, and each accepted interaction is worked on once. */
export class Workload {
  readonly #bot: BotContext;
  /** Whether an ended interaction is dismissed when the script is through with it. */
  readonly #dismisses: boolean;
  readonly #assignments = new Map<string, Assignment>();
  readonly #histories = new Map<string, AssignmentHistory>();
  /** The work that the script is not through with, also when the interaction has ended. */
  readonly #works = new Set<InteractionWork>();
  readonly #offers = new Set<WaitScope>();
  readonly #tasks = new Set<Promise<void>>();
  /** The waits of handing back, which is not the script's. */
  readonly #own: WaitScope;
  #accepts: "all" | "accepted" | "nothing" = "all";

  constructor(bot: BotContext, dismisses: boolean) {
    this.#bot = bot;
    this.#dismisses = dismisses;
    this.#own = new WaitScope(new ScriptCall(`the agent ${bot.name}`), bot.clock, () => "handing back");
  }

  /** Updates the assignment of an interaction that may have changed. */
  update(interaction: Interaction): void {
    const { id, state, isEnded } = interaction;
    const assignment = this.#assignments.get(id);
    if (isEnded) {
      assignment?.offer?.close("ended");
      assignment?.work?.end();
      this.#assignments.delete(id);
      this.#dismiss(interaction);
    } else if (assignment === undefined) {
      if (!this.#bot.channels.includes(interaction.channel)) return;
      const added: Assignment = { state };
      this.#assignments.set(id, added);
      this.#act(interaction, added);
    } else if (assignment.state !== state) {
      assignment.state = state;
      addEvent(assignment, `state ${state}`);
      this.#act(interaction, assignment);
    }
  }

  /** Adds an event to the errors of all waits. */
  addEvent(event: string): void {
    for (const assignment of this.#assignments.values()) addEvent(assignment, event);
  }

  /** Returns how many interactions the script works on. */
  working(channel?: string): number {
    if (channel === undefined) return this.#works.size;
    return [...this.#works].filter(({ interaction }) => interaction.channel === channel).length;
  }

  /** Accepts no offer from now on. */
  refuse(): void {
    if (this.#accepts === "all") this.#accepts = "accepted";
    for (const offer of this.#offers) offer.close("stopped");
    for (const work of this.#works) work.recheck();
  }

  /** Resolves when the script is through with all its work. */
  async finished(): Promise<void> {
    while (this.#tasks.size > 0) await Promise.all(this.#tasks);
  }

  /** Abandons all work as it is. */
  cut(): void {
    // A rule that was not refused before had no time to return.
    const hadTime = this.#accepts !== "all";
    this.refuse();
    this.#accepts = "nothing";
    for (const work of this.#works) work.cut();
    for (const { call } of this.#offers) {
      if (hadTime) call.abandon("stuck", errorText.stuckAtStop(call.about, call.step));
      else call.abandon("stopped", errorText.cutOff(call.about, call.step));
    }
  }

  /** Hands back all interactions that the agent has. */
  async handBack(): Promise<void> {
    const { desk, channels } = this.#bot;
    const own = desk.interactions.getSnapshot().filter((one) => channels.includes(one.channel));
    await Promise.all(own.map((interaction) => this.#handBack(interaction)));
  }

  /** Ends what is still being handed back. */
  close(): void {
    this.#own.close("stopped");
  }

  #dismiss(interaction: Interaction): void {
    const { id, outcome, pending } = interaction;
    // The end may not have been emitted yet; then there will be another change.
    if (!this.#dismisses || outcome === null || pending.length > 0) return;
    for (const work of this.#works) if (work.interaction.id === id) return;
    interaction.dismiss();
  }

  #act(interaction: Interaction, assignment: Assignment): void {
    const { state } = interaction;
    if (state !== "Invited") assignment.offer?.close("ended");
    if (state === "Invited" && this.#accepts === "all") this.#decide(interaction, assignment);
    if (state === "Accepted" && this.#accepts !== "nothing") this.#work(interaction, assignment);
  }

  #decide(interaction: Interaction, assignment: Assignment): void {
    const { desk, clock } = this.#bot;
    const { id, channel } = interaction;
    const history = this.#history(id);
    const times = ++history.offers;
    // Otherwise the script would fail on it again and again.
    if (history.hasFailed) return;
    const call = new ScriptCall(`the offer of ${channel} ${id}`, id);
    const scope = new WaitScope(call, clock, () => errorText.interactionState(desk, interaction));
    assignment.offer = scope;
    this.#offers.add(scope);
    this.#track(decide(this.#bot, scope, interaction, times).finally(() => this.#offers.delete(scope)));
  }

  #work(interaction: Interaction, assignment: Assignment): void {
    const kind = kindOf(this.#bot.kinds, interaction);
    const handler = kind && handlerOf(this.#bot.script, kind);
    // The server may lead an interaction back to an offer while the script works on it.
    if (kind === undefined || handler === undefined || assignment.work !== undefined) return;
    const { id } = interaction;
    const times = ++this.#history(id).works;
    const work = new InteractionWork(this.#bot, interaction, kind, times);
    assignment.work = work;
    this.#works.add(work);
    this.#track(
      work.run(handler).then(async (ending) => {
        this.#works.delete(work);
        this.#dismiss(interaction);
        if (ending === "failed") this.#history(id).hasFailed = true;
        if (ending !== "finished" && this.#accepts !== "nothing") await this.#handBack(interaction);
      }),
    );
  }

  async #handBack(interaction: Interaction): Promise<void> {
    if (interaction.isEnded) return;
    await handBack(contextFor(this.#bot, this.#own, "hand-back"), interaction, this.#bot.script.handBack);
  }

  #track(task: Promise<void>): void {
    const { emit } = this.#bot;
    const tracked = task
      .catch((error: unknown) => emit({ type: "failed", ...botFailure("offered", undefined, error) }))
      .finally(() => this.#tasks.delete(tracked));
    this.#tasks.add(tracked);
  }

  #history(id: string): AssignmentHistory {
    const history = this.#histories.get(id) ?? { offers: 0, works: 0, hasFailed: false };
    // The latest comes last.
    this.#histories.delete(id);
    this.#histories.set(id, history);
    if (this.#histories.size > maxHistories) this.#histories.delete(this.#histories.keys().next().value!);
    return history;
  }
}

function addEvent({ offer, work }: Assignment, event: string): void {
  offer?.recent.add(event);
  work?.scope.recent.add(event);
}
