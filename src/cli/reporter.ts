import type { BotFailure, BotEvent } from "../bot/index.ts";
import type { Anomaly, DeskChange, Channel, Desk, Interaction, OperationOutcome } from "../index.ts";

/** What an operation is performed on. */
export type Subject = Channel | Interaction;

/** Is told what happens at a desk, and says it in its own way: a log, lines of JSON, a screen, a sum. */
export interface Reporter {
  readonly changed?: (change: DeskChange) => void;
  readonly anomaly?: (anomaly: Anomaly) => void;
  /** An operation was asked for. */
  readonly asked?: (subject: Subject, operation: string) => void;
  readonly settled?: (subject: Subject, outcome: OperationOutcome) => void;
  /** A bot at the desk failed at something; the subject is the interaction concerned. */
  readonly failed?: (failure: BotFailure, subject: Interaction | undefined) => void;
  /** What the world around the desk does, in words. */
  readonly told?: (text: string) => void;
}

/** Waits for an operation and has it reported; takes what `actions.Some?.()` gives. */
export type Operate = (
  subject: Subject,
  operation: string,
  running: Promise<OperationOutcome> | undefined,
) => Promise<OperationOutcome | undefined>;

/** Several reporters as one. */
export function together(reporters: readonly Reporter[]): Required<Reporter> {
  return {
    changed: (change) => reporters.forEach((reporter) => reporter.changed?.(change)),
    anomaly: (anomaly) => reporters.forEach((reporter) => reporter.anomaly?.(anomaly)),
    asked: (subject, operation) => reporters.forEach((reporter) => reporter.asked?.(subject, operation)),
    settled: (subject, outcome) => reporters.forEach((reporter) => reporter.settled?.(subject, outcome)),
    failed: (failure, subject) => reporters.forEach((reporter) => reporter.failed?.(failure, subject)),
    told: (text) => reporters.forEach((reporter) => reporter.told?.(text)),
  };
}

/** Has everything that happens at the desk reported. @returns how operations are performed from now on. */
export function follow(desk: Desk, reporter: Required<Reporter>): Operate {
  let counted = desk.anomalies.total();
  desk.changes.subscribe(reporter.changed);
  desk.anomalies.subscribe((anomalies) => {
    const fresh = desk.anomalies.total() - counted;
    counted += fresh;
    if (fresh > 0) anomalies.slice(-fresh).forEach(reporter.anomaly);
  });
  return async (subject, operation, running) => {
    if (running === undefined) return undefined;
    reporter.asked(subject, operation);
    const outcome = await running;
    reporter.settled(subject, outcome);
    return outcome;
  };
}

/** Has what a bot does at the desk reported. @returns what the bot tells of it. */
export function followBot(desk: Desk, reporter: Required<Reporter>): (event: BotEvent) => void {
  return (event) => {
    const interaction = "id" in event ? desk.interaction(event.id ?? "") : undefined;
    // That the desk could not be started is told by its connection.
    if (event.type === "failed" && event.part !== "start") reporter.failed(event, interaction);
    if (event.type !== "sent" && event.type !== "settled") return;
    const subject = event.id === undefined ? desk.channel(event.channel) : interaction;
    if (subject === undefined) return;
    if (event.type === "sent") reporter.asked(subject, event.operation);
    else reporter.settled(subject, event.result);
  };
}

/** Is the subject an interaction, or a channel of the agent? */
export function isInteraction(subject: Subject): subject is Interaction {
  return "id" in subject;
}
