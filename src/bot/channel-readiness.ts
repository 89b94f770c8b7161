import { BotError } from "./bot-error.ts";
import { done } from "./actions.ts";
import type { NotReadyOptions } from "./agent.ts";
import { perform } from "./perform.ts";
import type { ScriptContext } from "./script-context.ts";

/** Which channels of a bot are meant to be Ready, and how they become so. */
export class ChannelReadiness {
  readonly #channels: readonly string[];
  readonly #meant = new Set<string>();

  constructor(channels: readonly string[]) {
    this.#channels = channels;
  }

  /** @param channels - none for all */
  async ready(context: ScriptContext, channels: readonly string[]): Promise<void> {
    await Promise.all(
      this.#these(channels).map(async (name) => {
        this.#meant.add(name);
        const channel = context.desk.channel(name);
        const isReady = channel.state === "Ready" && channel.pending.length === 0;
        if (!isReady) await done(context, channel, "Ready");
      }),
    );
  }

  /** Makes all channels Ready, and asks again for as long as nothing tells whether it was done. */
  async stayReady(context: ScriptContext): Promise<void> {
    for (;;) {
      try {
        return await this.ready(context, []);
      } catch (error) {
        const outcome = error instanceof BotError ? error.outcome?.outcome : undefined;
        if (outcome !== "TimedOut" && outcome !== "LinkLost") throw error;
      }
    }
  }

  async notReady(context: ScriptContext, { reason, channels = [] }: NotReadyOptions): Promise<void> {
    await Promise.all(
      this.#these(channels).map(async (name) => {
        this.#meant.delete(name);
        await done(context, context.desk.channel(name), "NotReady", reason === undefined ? [] : [{ reason }]);
      }),
    );
  }

  /** A server that was restarted may have forgotten that a channel was Ready. */
  renew(context: ScriptContext): void {
    for (const name of this.#meant) {
      const { state, pending } = context.desk.channel(name);
      if (state === "Ready" || pending.length > 0) continue;
      perform(context, context.desk.channel(name), "Ready").catch(() => {});
    }
  }

  /** Goes NotReady on all channels for as long as something lasts, and comes back on those that it was on. */
  async away(context: ScriptContext, reason: string, lasts: () => Promise<void>): Promise<void> {
    const on = this.#on(context);
    await this.notReady(context, { reason });
    await lasts();
    if (on.length > 0) await this.ready(context, on);
  }

  /** Goes off all channels that are Ready or about to be. */
  async end(context: ScriptContext, reason: string | undefined): Promise<void> {
    const on = this.#on(context);
    if (on.length > 0)
      await this.notReady(context, { channels: on, ...(reason === undefined ? {} : { reason }) });
  }

  /** The channels that are Ready or about to be. */
  #on({ desk }: ScriptContext): readonly string[] {
    return this.#channels.filter((name) => {
      const { state, pending } = desk.channel(name);
      // Ready may have been asked for and not be told yet.
      return state === "Ready" || pending.includes("Ready") || this.#meant.has(name);
    });
  }

  #these(channels: readonly string[]): readonly string[] {
    return channels.length === 0 ? this.#channels : channels;
  }
}
