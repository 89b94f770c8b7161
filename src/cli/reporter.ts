import type { BotFailure, BotEvent } from "../bot/index.ts";
import type {
  Anomaly,
  Channel,
  Desk,
  DeskChange,
  Interaction,
  OperationOutcome,
  Transcript,
} from "../index.ts";

/** The channel or interaction that an operation is performed on. */
export type ReportedTarget = Channel | Interaction;

/** The content of an interaction of any kind, as far as the command line prints it. */
export interface InteractionContent {
  readonly id: string;
  readonly email?: { readonly text?: string } | undefined;
  readonly transcript?: Transcript;
}

/** Something that happened at a desk. */
export type DeskEvent =
  | { readonly type: "change"; readonly change: DeskChange }
  | { readonly type: "anomaly"; readonly anomaly: Anomaly }
  | { readonly type: "sent"; readonly target: ReportedTarget; readonly operation: string }
  | { readonly type: "settled"; readonly target: ReportedTarget; readonly outcome: OperationOutcome }
  /** A bot at the desk failed at something. */
  | { readonly type: "failed"; readonly failure: BotFailure; readonly interaction: Interaction | undefined }
  /** Something in the world around the desk, in words. */
  | { readonly type: "scenario"; readonly text: string };

/** Receives the events of a desk, and presents them: as a log, as JSON or as a summary. */
export type Reporter = (event: DeskEvent) => void;

/** Reports the changes and the anomalies of a desk. */
export function reportDesk(desk: Desk, report: Reporter): void {
  let reported = desk.anomalies.total();
  desk.changes.subscribe((change) => report({ type: "change", change }));
  desk.anomalies.subscribe((anomalies) => {
    const added = desk.anomalies.total() - reported;
    reported += added;
    if (added > 0) for (const anomaly of anomalies.slice(-added)) report({ type: "anomaly", anomaly });
  });
}

/** Returns a listener that reports the events of a bot at the desk. */
export function reportBot(desk: Desk, report: Reporter): (event: BotEvent) => void {
  return (event) => {
    const interaction = "id" in event ? desk.interaction(event.id ?? "") : undefined;
    // The connection reports a desk that could not be started.
    if (event.type === "failed" && event.part !== "start") {
      report({ type: "failed", failure: event, interaction });
    }
    if (event.type !== "sent" && event.type !== "settled") return;
    const target = event.id === undefined ? desk.channel(event.channel) : interaction;
    if (target === undefined) return;
    if (event.type === "sent") report({ type: "sent", target, operation: event.operation });
    else report({ type: "settled", target, outcome: event.result });
  };
}

/** Whether the target is an interaction, and not a channel of the agent. */
export function isInteraction(target: ReportedTarget): target is Interaction {
  return "id" in target;
}
