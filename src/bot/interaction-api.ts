import { safeActions, throwingActions, type BotActions } from "./actions.ts";
import { checkDeadline, createPacing, type Pacing } from "./pacing.ts";
import { performOrThrow } from "./perform.ts";
import type { AnyInteraction, ScriptContext } from "./script-context.ts";

/** The recipient of a transfer: an agent or a queue. */
export type TransferTarget = { readonly targetUri: string } | { readonly queueName: string };

/** The calls of a script on an interaction of any kind. Each wait fails when the interaction ends or the bot stops. */
export interface InteractionApi<Live extends AnyInteraction = AnyInteraction> extends Pacing {
  readonly id: string;
  /** The interaction on the desk; its properties are always the present ones. */
  readonly interaction: Live;
  /** Whether the interaction has ended. */
  readonly hasEnded: () => boolean;
  /**
   * Performs an operation: waits until the server grants it, and resolves with its outcome.
   *
   * @throws BotError `not-done` with any outcome but `Done`; `deadline` when it is not granted in time
   */
  readonly actions: BotActions<Live>;
  /** Performs an operation and resolves with its outcome, whatever it is; `NotAllowed` when it is not granted in time. */
  readonly try: BotActions<Live>;
  /**
   * Resolves when the predicate holds.
   *
   * @param description - what is awaited, for the error
   * @throws BotError `deadline`, `ended`, `stopped`
   */
  readonly waitUntil: (description: string, predicate: (interaction: Live) => boolean) => Promise<void>;
  /** Transfers it to another agent or queue. @throws BotError `not-done`, `deadline`, `ended` */
  readonly transfer: (target: TransferTarget) => Promise<void>;
  /** Ends processing; resolves immediately when the interaction has ended. @throws BotError `not-done`, `deadline` */
  readonly complete: () => Promise<void>;
  /** Returns the same api with another deadline for its waits, in milliseconds. @throws BotError `invalid-argument` */
  readonly within: (ms: number) => InteractionApi<Live>;
}

/** Returns the calls of a script on an interaction of any kind. */
export function createInteractionApi<Live extends AnyInteraction>(
  context: ScriptContext,
  interaction: Live,
): InteractionApi<Live> {
  const { call } = context.scope;
  return Object.freeze<InteractionApi<Live>>({
    ...createPacing(context),
    id: interaction.id,
    interaction,
    hasEnded: () => interaction.isEnded,
    actions: throwingActions(context, interaction),
    try: safeActions(context, interaction),
    waitUntil: (description, predicate) =>
      call.track(`waitUntil(${description})`, () =>
        waitForCondition(context, interaction, description, () => predicate(interaction)),
      ),
    transfer: (target) =>
      call.track(
        "transfer",
        async () => void (await performOrThrow(context, interaction, "SingleStepTransfer", [target])),
      ),
    complete: () =>
      call.track("complete", async () => {
        if (!interaction.isEnded) await performOrThrow(context, interaction, "StopProcessing");
      }),
    within: (ms) => createInteractionApi({ ...context, within: checkDeadline("within", ms) }, interaction),
  });
}

/** Resolves when a condition on an interaction or the connection holds. */
export async function waitForCondition(
  { scope, desk, within }: ScriptContext,
  interaction: AnyInteraction,
  awaited: string,
  predicate: () => boolean,
): Promise<void> {
  await scope.wait({
    awaited,
    on: [interaction, desk.connection],
    check: () => predicate() || undefined,
    within,
  });
}
