import type { InteractionOf } from "../index.ts";
import { agentFace, type AgentHost } from "./agent.ts";
import { BotError } from "./bot-error.ts";
import { chatFace } from "./chat.ts";
import { contained, failure, type RunEnding } from "./contained.ts";
import { emailFace, type Speed } from "./email.ts";
import * as errorText from "./error-text.ts";
import { ScriptRun } from "./script-run.ts";
import { Scope } from "./scope.ts";
import type { Script } from "./script.ts";
import { describeInteraction } from "./situation.ts";
import type { Stint } from "./stint.ts";

/** What the work on an interaction needs of its bot. */
export interface WorkSetup extends Omit<Stint, "scope"> {
  readonly script: Script;
  readonly speed: Speed;
  readonly host: AgentHost;
}

/** The script at work on one accepted interaction. */
export class Work {
  /** The waits for the interaction; over when it ends. */
  readonly scope: Scope;
  /** Settles when the script is through with it, in whatever way. Never rejects. */
  readonly through: Promise<RunEnding["ending"]>;
  /** In the server's spelling. */
  readonly channel: string;
  readonly #setup: WorkSetup;
  readonly #interaction: InteractionOf<"chat"> | InteractionOf<"email">;
  /** What the script waits for as the agent goes on when the interaction has ended, until the bot is stopped. */
  readonly #agent: Scope;
  #patience: unknown;
  #isThrough = false;

  constructor(setup: WorkSetup, interaction: InteractionOf<"chat"> | InteractionOf<"email">) {
    this.#setup = setup;
    this.#interaction = interaction;
    this.channel = interaction.channel;
    const { desk, clock } = setup;
    const { channel, id } = interaction;
    const run = new ScriptRun(`${channel} ${id}`, id);
    const now = () => describeInteraction(desk, interaction);
    this.scope = new Scope(run, clock, now);
    this.#agent = new Scope(run, clock, now);
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

  async #run(): Promise<RunEnding["ending"]> {
    const { tell, clock } = this.#setup;
    const { id, channel } = this.#interaction;
    const since = clock.now();
    tell({ type: "work-began", id, channel });
    const result = await contained(this.scope, () => this.#script());
    this.#isThrough = true;
    clock.clearTimeout(this.#patience);
    const { ending } = result;
    if (result.ending === "failed")
      tell({
        type: "failed",
        ...failure(this.#interaction.kind === "chat" ? "chat" : "email", this.scope, result.error),
      });
    const { step } = this.scope.run;
    const { state } = this.#interaction;
    tell({ type: "work-ended", id, channel, ending, step, state, duration: clock.now() - since });
    return ending;
  }

  #script(): unknown {
    const { script, speed, host } = this.#setup;
    const interaction = this.#interaction;
    const stint = { ...this.#setup, scope: this.scope };
    const agent = agentFace({ ...this.#setup, scope: this.#agent }, host);
    return interaction.kind === "chat"
      ? script.chat?.(
          chatFace(stint, interaction, { typing: speed.typing, isStopping: host.isStopping }),
          agent,
        )
      : script.email?.(emailFace(stint, interaction, speed), agent);
  }
}
