import { BotError } from "./bot-error.ts";
import { perform, performOrThrow } from "./perform.ts";
import type { ScriptContext } from "./script-context.ts";

/** The reason and the channels of going NotReady. */
export interface NotReadyOptions {
  /** A reason that the server knows, such as `OutToLunch`. */
  readonly reason?: string;
  /** Default all channels of the script. */
  readonly channels?: readonly string[];
}

/** Makes the channels of a bot Ready and NotReady, and remembers which of them are meant to be Ready. */
export class ChannelReadiness {
  readonly #channels: readonly string[];
  readonly #wanted = new Set<string>();

  constructor(channels: readonly string[]) {
    this.#channels = channels;
  }

  /** Makes channels Ready. @param names - empty for all */
  async ready(context: ScriptContext, names: readonly string[]): Promise<void> {
    await Promise.all(
      this.#orAll(names).map(async (name) => {
        this.#wanted.add(name);
        const channel = context.desk.channel(name);
        const isReady = channel.state === "Ready" && channel.pending.length === 0;
        if (!isReady) await performOrThrow(context, channel, "Ready");
      }),
    );
  }

  /** Makes all channels Ready, and retries for as long as it is unknown whether that was done. */
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
    const parameters = reason === undefined ? [] : [{ reason }];
    await Promise.all(
      this.#orAll(channels).map(async (name) => {
        this.#wanted.delete(name);
        await performOrThrow(context, context.desk.channel(name), "NotReady", parameters);
      }),
    );
  }

  /** Makes the wanted channels Ready again, because a server that was restarted may have forgotten them. */
  renew(context: ScriptContext): void {
    for (const name of this.#wanted) {
      const channel = context.desk.channel(name);
      if (channel.state === "Ready" || channel.pending.length > 0) continue;
      perform(context, channel, "Ready").catch(() => {});
    }
  }

  /** Goes NotReady on all channels during a break, and comes back on those that were Ready. */
  async takeBreak(context: ScriptContext, reason: string, pause: () => Promise<void>): Promise<void> {
    const ready = this.#ready(context);
    await this.notReady(context, { reason });
    await pause();
    if (ready.length > 0) await this.ready(context, ready);
  }

  /** Goes NotReady on all channels that are Ready or about to be. */
  async end(context: ScriptContext, reason: string | undefined): Promise<void> {
    const channels = this.#ready(context);
    if (channels.length === 0) return;
    await this.notReady(context, { channels, ...(reason === undefined ? {} : { reason }) });
  }

  /** Returns the channels that are Ready or about to be. */
  #ready({ desk }: ScriptContext): readonly string[] {
    return this.#channels.filter((name) => {
      const { state, pending } = desk.channel(name);
      // Ready may have been requested and not be notified yet.
      return state === "Ready" || pending.includes("Ready") || this.#wanted.has(name);
    });
  }

  #orAll(names: readonly string[]): readonly string[] {
    return names.length === 0 ? this.#channels : names;
  }
}
