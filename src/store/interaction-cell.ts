import type { Actor } from "xstate";
import { chatMachine } from "../../machines/chat.machine.ts";
import { emailMachine } from "../../machines/email.machine.ts";
import type { InteractionFact } from "../domain/fact.ts";
import { isSafeId } from "../domain/identifier.ts";
import type { InteractionContext, InteractionEvent } from "../domain/interaction-context.ts";
import { isBehind, type InteractionState } from "../domain/lifecycle.ts";
import { excludes, isKnownCapability, type OperationRule, type OperationTable } from "../domain/operation.ts";
import type { Unavailability } from "../domain/outcome.ts";
import type { OperationFact } from "../domain/pending.ts";
import { emptyRecord, isOlderTranscript, remember, type InteractionRecord } from "../domain/record.ts";
import type { InteractionTarget } from "../domain/request.ts";
import { isConfirmed } from "./confirmation.ts";
import type { InteractionHost } from "./cell-host.ts";
import { InteractionChart } from "./interaction-chart.ts";
import { InteractionView } from "./interaction-view.ts";
import type { RunningOperation, Subject } from "./operation-runner.ts";

const noRules: OperationTable = new Map();

/** One interaction inside the desk: its chart, its record, and who watches it. */
export class InteractionCell implements Subject {
  readonly id: string;
  /** In the server's spelling. */
  readonly serverChannel: string;
  readonly rules: OperationTable;
  readonly host: InteractionHost<InteractionCell>;
  record: InteractionRecord = emptyRecord;
  /** The state in which the lists of the desk have it. */
  listedAs: InteractionState | undefined;
  #chart: InteractionChart;
  #context: InteractionContext;
  #state: InteractionState = "Unknown";
  #missing = 0;
  #view: InteractionView | undefined;

  constructor(id: string, serverChannel: string, host: InteractionHost<InteractionCell>) {
    this.id = id;
    this.serverChannel = serverChannel;
    this.host = host;
    this.rules = host.rules.interaction.get(serverChannel) ?? noRules;
    this.#chart = this.#begin();
    this.#context = this.#chart.state.context;
  }

  get state(): InteractionState {
    return this.#state;
  }
  get context(): InteractionContext {
    return this.#context;
  }
  get actor(): Actor<typeof emailMachine | typeof chatMachine> {
    return this.#chart.actor as Actor<typeof emailMachine | typeof chatMachine>;
  }
  /** The actor for those who inspect; it does not outlast their interest. */
  get inspected(): Actor<typeof emailMachine> {
    return this.#chart.inspected;
  }
  /** What people see of it, made when somebody looks. */
  get view(): InteractionView {
    return (this.#view ??= new InteractionView(this));
  }
  get isEnded(): boolean {
    return this.#context.ending !== null;
  }

  /** Takes in what a notification or the server's list says. */
  receive(fact: InteractionFact): void {
    const state = this.#state;
    const report = this.host.report;
    const isBehindState = isBehind(fact.change, state);
    const isRepeat = fact.change === "PropertiesChanged" || fact.change === state;
    // Only an accepted chat has a transcript, so an offer that comes after one is older.
    const isOldOffer = fact.change === "Invited" && this.record.transcript !== undefined;
    const isStale = isBehindState || isOldOffer || (isRepeat && isOlderTranscript(this.record, fact.known));
    const record = remember(this.record, fact.known, isStale, report);
    const hasNewRecord = record !== this.record;
    this.record = record;
    // Data goes to the record alone. The chart is told what can change what may happen, and all when it is inspected.
    const isForChart =
      fact.change !== "PropertiesChanged" || fact.capabilities !== undefined || this.host.inspection.isOn;
    const hasNewChart = isForChart && this.#tell(this.#lifecycleFact(fact, isStale && isRepeat));
    if (isForChart && !isBehindState && !this.#follows(fact)) {
      report({
        code: "unexpected-state",
        message: `The server named a state that does not follow ${state}.`,
        id: this.id,
      });
    }
    if (hasNewRecord || hasNewChart) this.host.changed(this);
    for (const pending of this.#context.pending) {
      const running = this.host.runner.get(pending.key);
      if (running !== undefined) this.#confirmFrom(running, fact);
    }
  }

  /** Tells those who watch that something changed. */
  notify(): void {
    this.#view?.expire();
    this.#view?.notify();
  }

  note(fact: OperationFact): void {
    if (this.#tell(fact)) this.host.changed(this);
  }

  reconsider(running: RunningOperation): void {
    this.#confirmFrom(running, undefined);
  }

  /**
   * Begins again, because the server's list tells of a life that does not follow from the last one. The caller goes on
   * with what the list says, which is all that counts of the data too.
   */
  renew(): void {
    this.dispose();
    this.record = emptyRecord;
    this.#chart = this.#begin();
    this.#read();
  }

  /** Ends the chart, and with it what was under way. */
  dispose(): void {
    for (const { key } of this.#context.pending)
      this.host.runner.settle(key, this.state === "Revoked" ? "Revoked" : "Ended");
    this.#chart.stop();
  }

  target(): InteractionTarget {
    const { id, serverChannel, record } = this;
    return {
      about: "interaction",
      id,
      channel: serverChannel,
      outQueues: record.outQueues?.object,
      email: record.email?.object,
    };
  }

  latestEventId(): number {
    return this.record.transcript?.latestEventId ?? 0;
  }

  /** Are more transcript events missing than when this was last asked? */
  hasNewGap(): boolean {
    const { transcript } = this.record;
    const missing =
      transcript === undefined || transcript.isWhole ? 0 : transcript.latestEventId - transcript.length;
    const isNew = missing > this.#missing && !this.isEnded;
    this.#missing = missing;
    return isNew;
  }

  unavailability(rule: OperationRule): Unavailability | undefined {
    const { capabilities, pending } = this.#context;
    if (this.isEnded) return "ended";
    if (!this.host.isLive()) return "not-live";
    if (rule.capability === null || !capabilities.includes(rule.capability)) return "not-granted";
    if (!isSafeId(this.id)) return "unsafe-id";
    for (const { operation } of pending) {
      if (operation === rule.operation) return "pending";
      const other = this.rules.get(operation);
      if (other !== undefined && excludes(other, rule.operation)) return "excluded";
    }
    return undefined;
  }

  #begin(): InteractionChart {
    // Only chats have a chart of their own kind; any other channel lives like an email.
    const machine = (this.serverChannel === "chat" ? chatMachine : emailMachine) as typeof emailMachine;
    return new InteractionChart({ id: this.id, machine, inspection: this.host.inspection });
  }

  #lifecycleFact(fact: InteractionFact, isOldRepeat: boolean): InteractionEvent {
    const { change, capabilities } = fact;
    if (capabilities === undefined || isOldRepeat) return { type: change };
    const known = this.#context.capabilities;
    if (isSameList(known, capabilities)) return { type: change, capabilities: known };
    for (const capability of capabilities) {
      if (!known.includes(capability) && !isKnownCapability(this.rules, capability)) {
        const message = "The server grants a capability that no operation needs; it is kept as text.";
        this.host.report({ code: "unknown-capability", message, id: this.id });
      }
    }
    return { type: change, capabilities };
  }

  /** Sends to the chart and reads it. Gives whether that changed anything that can be seen. */
  #tell(event: InteractionEvent): boolean {
    const before = this.#context;
    const state = this.#state;
    this.#chart.send(event);
    this.#read();
    const after = this.#context;
    for (const { key, outcome } of after.settled) this.host.runner.settle(key, outcome);
    return (
      this.#state !== state ||
      after.capabilities !== before.capabilities ||
      !isSamePending(after, before) ||
      after.outcome !== before.outcome
    );
  }

  #read(): void {
    const { value, context } = this.#chart.state;
    this.#context = context;
    this.#state = typeof value === "string" ? value : (Object.values(value)[0] as InteractionState);
  }

  #follows({ change }: InteractionFact): boolean {
    if (change === "PropertiesChanged" || change === "StateUnknown") return true;
    return this.#state === (change === "Missing" ? "Gone" : change);
  }

  #confirmFrom(running: RunningOperation, fact: InteractionFact | undefined): void {
    const { rule, parameters, since } = running;
    const { record } = this;
    const { capabilities } = this.#context;
    const expectation = { confirmedBy: rule.confirmedBy, capability: rule.capability, parameters, since };
    if (isConfirmed(expectation, { record, capabilities, fact })) {
      this.note({ type: "OperationConfirmed", key: running.key });
    }
  }
}

function isSamePending(
  { pending: one }: InteractionContext,
  { pending: other }: InteractionContext,
): boolean {
  return (
    one === other || (one.length === other.length && one.every(({ key }, index) => key === other[index]?.key))
  );
}

function isSameList(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((element, index) => element === other[index]);
}
