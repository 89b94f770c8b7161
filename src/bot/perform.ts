import type { Availability, Channel, Interaction, OperationOutcome, Unavailability } from "../index.ts";
import type { Stint } from "./stint.ts";

/** What an operation is performed on. */
export type Subject = Channel | Interaction;

/** What keeps an operation from being performed and will not go away by waiting. */
const hopeless: readonly Unavailability[] = ["not-known", "unsafe-id", "already"];

type Perform = (parameters?: unknown) => Promise<OperationOutcome>;

/**
 * Waits until an operation is possible, through losses of the connection; performs it; and tells of it.
 *
 * @throws BotError `deadline`, `ended`, `stopped` while it waits; DeskError `invalid-arguments`
 */
export async function perform(
  stint: Stint,
  subject: Subject,
  operation: string,
  parameters: readonly unknown[] = [],
): Promise<OperationOutcome> {
  const can = subject.can as (operation: string) => Availability;
  for (;;) {
    const { reason } = await possible(stint, subject, operation, () => can(operation));
    if (reason !== undefined) return notAllowed(operation, reason);
    // Read only now: what was possible when the wait ended may not be so any more.
    const action = (subject.actions as Readonly<Record<string, Perform | undefined>>)[operation];
    if (action !== undefined) return tellOf(stint, subject, operation, action(...parameters));
  }
}

/** Nothing was sent, because of this. */
export function notAllowed(operation: string, reason: Unavailability): OperationOutcome {
  return Object.freeze({ operation, outcome: "NotAllowed", reason });
}

function possible(
  { scope, desk, within }: Stint,
  subject: Subject,
  operation: string,
  can: () => Availability,
): Promise<{ readonly reason?: Unavailability }> {
  // An operation may be that of another interaction than the script is about, as with a reply.
  const whose = "id" in subject && subject.id !== scope.run.id ? ` of ${subject.id}` : "";
  return scope.wait({
    awaited: `${operation}${whose} to be possible`,
    on: [subject, desk.connection],
    look: () => {
      const availability = can();
      if (availability.allowed) return {};
      return hopeless.includes(availability.reason) ? { reason: availability.reason } : undefined;
    },
    hopeless: () => {
      const availability = can();
      return !availability.allowed && availability.reason === "ended" ? "ended" : undefined;
    },
    within,
  });
}

async function tellOf(
  { clock, tell, scope }: Stint,
  subject: Subject,
  operation: string,
  running: Promise<OperationOutcome>,
): Promise<OperationOutcome> {
  const about =
    "id" in subject
      ? { operation, id: subject.id, channel: subject.channel }
      : { operation, channel: subject.name };
  const since = clock.now();
  tell({ type: "sent", ...about });
  const settled = await running;
  const duration = clock.now() - since;
  const { outcome, code, reason } = settled;
  if (outcome !== "NotAllowed") scope.run.waits();
  scope.notes.add(`${operation} ${outcomeText(settled)}`);
  tell({
    type: "settled",
    ...about,
    outcome,
    ...(code === undefined ? {} : { code }),
    ...(reason === undefined ? {} : { reason }),
    result: settled,
    duration,
  });
  // The server's own transcript is what confirms it.
  if (about.id !== undefined && about.channel === "chat" && operation === "Send" && outcome === "Done") {
    tell({ type: "echoed", id: about.id, channel: about.channel, duration });
  }
  return settled;
}

/** An outcome in its names and codes. */
export function outcomeText({ outcome, code, reason }: OperationOutcome): string {
  const detail = reason ?? code;
  return detail === undefined ? outcome : `${outcome} (${detail})`;
}
