import type { Interaction } from "../index.ts";
import { createAgentApi } from "./agent.ts";
import type { WorkEnding } from "./bot-event.ts";
import * as errorText from "./error-text.ts";
import { createInteractionApi } from "./interaction-api.ts";
import { botFailure, runScript, ScriptCall } from "./script-call.ts";
import { contextFor, type BotContext } from "./bot-context.ts";
import type { BotKind, ScriptContext } from "./script-context.ts";
import type { WorkHandler } from "./script.ts";
import { WaitScope } from "./wait-scope.ts";

/** The script at work on one accepted interaction. */
export class InteractionWork {
  /** The waits for the interaction; over when it ends. */
  readonly scope: WaitScope;
  readonly interaction: Interaction;
  readonly #bot: BotContext;
  readonly #kind: BotKind;
  readonly #context: ScriptContext;
  /** The waits of the agent, which may go on when the interaction has ended; over when the bot is stopped. */
  readonly #agentScope: WaitScope;
  #timer: unknown;
  #isFinished = false;

  /** @param times - how often the script worked on the interaction, with this time */
  constructor(bot: BotContext, interaction: Interaction, kind: BotKind, times: number) {
    this.#bot = bot;
    this.#kind = kind;
    this.interaction = interaction;
    const { desk, clock } = bot;
    const { id } = interaction;
    const call = new ScriptCall(`${kind.name} ${id}`, id);
    const describe = () => errorText.interactionState(desk, interaction);
    this.scope = new WaitScope(call, clock, describe);
    this.#agentScope = new WaitScope(call, clock, describe);
    this.#context = contextFor(bot, this.scope, "work", id, times);
  }

  /** Runs the script. Resolves when it is through with the interaction, in whatever way; never rejects. */
  async run(handler: WorkHandler): Promise<WorkEnding> {
    const { emit, clock } = this.#bot;
    const { id, channel } = this.interaction;
    const since = clock.now();
    emit({ type: "work-began", id, channel });
    const result = await runScript(this.scope, () => this.#call(handler));
    this.#isFinished = true;
    clock.clearTimeout(this.#timer);
    const { ending } = result;
    if (ending === "failed")
      emit({ type: "failed", ...botFailure(this.#kind.name, this.scope, result.error) });
    const { step } = this.scope.call;
    const { state } = this.interaction;
    emit({ type: "work-ended", id, channel, ending, step, state, duration: clock.now() - since });
    return ending;
  }

  /** Fails the waits for the interaction, because it has ended. A script that does not return after that is abandoned. */
  end(): void {
    if (this.scope.over !== undefined) return;
    this.scope.close("ended");
    this.#expectReturn(this.#bot.within);
  }

  /** Checks all waits, because the bot begins to stop. */
  recheck(): void {
    this.scope.recheck();
    this.#agentScope.recheck();
  }

  /** Abandons the script, because the bot stops now. */
  cut(): void {
    const { call } = this.scope;
    this.scope.close("stopped");
    this.#agentScope.close("stopped");
    call.abandon("stopped", errorText.cutOff(call.about, call.step));
  }

  #expectReturn(ms: number): void {
    const { clock, within } = this.#bot;
    if (this.#isFinished || within === Infinity) return;
    this.#timer = clock.setTimeout(() => {
      // The agent may still wait for something.
      const { quiet } = this.#agentScope;
      if (quiet < within) return this.#expectReturn(within - quiet);
      const { call } = this.scope;
      call.abandon("stuck", errorText.stuck(call.about, call.step, within));
    }, ms);
  }

  #call(handler: WorkHandler): unknown {
    const context = this.#context;
    const api =
      this.#kind.createApi?.(context, this.interaction) ?? createInteractionApi(context, this.interaction);
    return handler(api, createAgentApi({ ...context, scope: this.#agentScope }, this.#bot));
  }
}
