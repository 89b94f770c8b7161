import type { ChatInteraction, EmailInteraction } from "../index.ts";
import { createAgentApi, type AgentHost } from "./agent.ts";
import { BotError } from "./bot-error.ts";
import { createChatApi } from "./chat.ts";
import { runScript, failure, type ScriptEnding } from "./run-script.ts";
import { createEmailApi, type Speed } from "./email.ts";
import * as errorText from "./error-text.ts";
import { ScriptCall } from "./script-call.ts";
import { WaitScope } from "./wait-scope.ts";
import type { Script } from "./script.ts";
import { describeInteraction } from "./describe-state.ts";
import type { ScriptContext } from "./script-context.ts";

/** What the work on an interaction needs of its bot. */
export interface WorkSetup extends Omit<ScriptContext, "scope"> {
  readonly script: Script;
  readonly speed: Speed;
  readonly host: AgentHost;
}

/** The script at work on one accepted interaction. */
export class InteractionWork {
  /** The waits for the interaction; over when it ends. */
  readonly scope: WaitScope;
  /** Settles when the script is through with it, in whatever way. Never rejects. */
  readonly through: Promise<ScriptEnding["ending"]>;
  /** In the server's spelling. */
  readonly channel: string;
  readonly #setup: WorkSetup;
  readonly #interaction: ChatInteraction | EmailInteraction;
  /** What the script waits for as the agent goes on when the interaction has ended, until the bot is stopped. */
  readonly #agent: WaitScope;
  #patience: unknown;
  #isThrough = false;

  constructor(setup: WorkSetup, interaction: ChatInteraction | EmailInteraction) {
    this.#setup = setup;
    this.#interaction = interaction;
    this.channel = interaction.serverChannel;
    const { desk, clock } = setup;
    const { channel, id } = interaction;
    const run = new ScriptCall(`${channel} ${id}`, id);
    const now = () => describeInteraction(desk, interaction);
    this.scope = new WaitScope(run, clock, now);
    this.#agent = new WaitScope(run, clock, now);
    this.through = this.#run();
  }

  /** The interaction has ended. A script that does not come back after that is left behind. */
  end(): void {
    if (this.scope.over !== undefined) return;
    this.scope.close("ended");
    this.#expectBack(this.#setup.within);
  }

  /** The bot begins to stop, which a wait may be for. */
  look(): void {
    this.scope.look();
    this.#agent.look();
  }

  /** The bot stops now. */
  cut(): void {
    const { run } = this.scope;
    this.scope.close("stopped");
    this.#agent.close("stopped");
    run.abandon(new BotError("stopped", errorText.cut(run.about, run.step), { id: run.id }));
  }

  #expectBack(soon: number): void {
    const { clock, within } = this.#setup;
    if (this.#isThrough || within === Infinity) return;
    this.#patience = clock.setTimeout(() => {
      // What follows a talk takes its time.
      const { quiet } = this.#agent;
      if (quiet < within) return this.#expectBack(within - quiet);
      const { run } = this.scope;
      run.abandon(new BotError("stuck", errorText.stuck(run.about, run.step, within), { id: run.id }));
    }, soon);
  }

  async #run(): Promise<ScriptEnding["ending"]> {
    const { emit, clock } = this.#setup;
    const { id, channel } = this.#interaction;
    const since = clock.now();
    emit({ type: "work-began", id, channel });
    const result = await runScript(this.scope, () => this.#script());
    this.#isThrough = true;
    clock.clearTimeout(this.#patience);
    const { ending } = result;
    if (result.ending === "failed") emit({ type: "failed", ...failure(channel, this.scope, result.error) });
    const { step } = this.scope.run;
    const { state } = this.#interaction;
    emit({ type: "work-ended", id, channel, ending, step, state, duration: clock.now() - since });
    return ending;
  }

  #script(): unknown {
    const { script, speed, host } = this.#setup;
    const interaction = this.#interaction;
    const context = { ...this.#setup, scope: this.scope };
    const agent = createAgentApi({ ...this.#setup, scope: this.#agent }, host);
    return interaction.channel === "chat"
      ? script.chat?.(
          createChatApi(context, interaction, { typing: speed.typing, isStopping: host.isStopping }),
          agent,
        )
      : script.email?.(createEmailApi(context, interaction, speed), agent);
  }
}
