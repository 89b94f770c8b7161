import type { Interaction, Operations } from "../index.ts";
import { safeActions, throwingActions, done, type BotActions } from "./actions.ts";
import { pacing, type Pacing } from "./pacing.ts";
import type { ScriptContext } from "./script-context.ts";

/** Where an interaction is transferred to. */
export type TransferTarget = { readonly targetUri: string } | { readonly queueName: string };

/** What a script does with any interaction that it works on. Every wait fails when the interaction ends or the bot stops. */
export interface InteractionApi<Known extends Operations, Subject extends Interaction> extends Pacing {
  readonly id: string;
  /** All that the desk knows of it, live. */
  readonly interaction: Subject;
  /**
   * Performs an operation: waits until the server grants it, and for its outcome.
   *
   * @throws BotError `not-done` with any outcome but `Done`; `deadline` when it is not granted in time.
   */
  readonly actions: BotActions<Known>;
  /** The same, giving the outcome whatever it is; `NotAllowed` when it is not granted in time. */
  readonly try: BotActions<Known>;
  /** Waits until something is so. `awaited` says what, for the error. */
  readonly until: (awaited: string, isSo: (interaction: Subject) => boolean) => Promise<void>;
  /** Gives it to another agent or queue. */
  readonly transfer: (target: TransferTarget) => Promise<void>;
  /** Ends processing. One that has ended already is complete. */
  readonly complete: () => Promise<void>;
}

export function createInteractionApi<Known extends Operations, Subject extends Interaction>(
  context: ScriptContext,
  interaction: Subject,
): InteractionApi<Known, Subject> {
  const { run } = context.scope;
  return {
    ...pacing(context),
    id: interaction.id,
    interaction,
    actions: throwingActions<Known>(context, interaction),
    try: safeActions<Known>(context, interaction),
    until: (awaited, isSo) =>
      run.call(`until(${awaited})`, () => untilSo(context, interaction, awaited, () => isSo(interaction))),
    transfer: (target) =>
      run.call(
        "transfer",
        async () => void (await done(context, interaction, "SingleStepTransfer", [target])),
      ),
    complete: () =>
      run.call("complete", async () => {
        if (!interaction.isEnded) await done(context, interaction, "StopProcessing");
      }),
  };
}

/** Waits until something is so with an interaction, or with the connection. */
export async function untilSo(
  { scope, desk, within }: ScriptContext,
  interaction: Interaction,
  awaited: string,
  isSo: () => boolean,
): Promise<void> {
  await scope.wait({ awaited, on: [interaction, desk.connection], look: () => isSo() || undefined, within });
}
