import type { Actor } from "xstate";
import { chatMachine } from "../../../machines/chat.machine.ts";
import { emailMachine } from "../../../machines/email.machine.ts";
import type { InteractionFact } from "../../domain/fact.ts";
import { isSafeId } from "../../domain/identifier.ts";
import type { InteractionContext, InteractionEvent } from "../../domain/interaction-context.ts";
import { isBehind, type InteractionState } from "../../domain/lifecycle.ts";
import {
  isKnownCapability,
  conflictWith,
  type OperationRule,
  type OperationTable,
} from "../../domain/operation.ts";
import type { Unavailability } from "../../domain/outcome.ts";
import type { OperationFact } from "../../domain/pending-operations.ts";
import { emptyRecord, isOlderTranscript, mergeRecord, type InteractionRecord } from "../../domain/record.ts";
import type { InteractionTarget } from "../../domain/request.ts";
import { arraysEqual } from "../../domain/arrays.ts";
import { isConfirmed } from "../operations/confirmation.ts";
import type { InteractionHost } from "./entity-context.ts";
import { InteractionChart } from "./interaction-chart.ts";
import { InteractionView } from "./interaction-view.ts";
import type { RunningOperation, OperationTarget } from "../operations/operation-runner.ts";

const noRules: OperationTable = new Map();

/** One interaction inside the desk: its chart, its record, and who watches it. */
export class InteractionEntity implements OperationTarget {
  readonly id: string;
  /** In the server's spelling; `unknown` until it says. */
  serverChannel: string;
  readonly host: InteractionHost<InteractionEntity>;
  record: InteractionRecord = emptyRecord;
  state: InteractionState = "Unknown";
  context: InteractionContext;
  /** Has what people see of it changed since they last looked? */
  isStale = true;
  /** The state in which the lists of the desk have it. */
  listedState: InteractionState | undefined;
  #chart: InteractionChart;
  #missing = 0;
  #view: InteractionView | undefined;

  constructor(id: string, serverChannel: string, host: InteractionHost<InteractionEntity>) {
    this.id = id;
    this.serverChannel = serverChannel;
    this.host = host;
    this.#chart = this.#begin();
    this.context = this.#chart.state.context;
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
  get rules(): OperationTable {
    return this.host.rules.interaction.get(this.serverChannel) ?? noRules;
  }
  get isEnded(): boolean {
    return this.context.ending !== null;
  }

  /** Takes in what a notification or the server's list says. */
  receive(fact: InteractionFact): void {
    const state = this.state;
    const report = this.host.report;
    const isBehindState = isBehind(fact.change, state);
    const isRepeat = fact.change === "PropertiesChanged" || fact.change === state;
    // Only an accepted chat has a transcript, so an offer that comes after one is older.
    const isOldOffer = fact.change === "Invited" && this.record.transcript !== undefined;
    const isStale = isBehindState || isOldOffer || (isRepeat && isOlderTranscript(this.record, fact.known));
    const record = mergeRecord(this.record, fact.known, isStale, report);
    const hasNewRecord = record !== this.record;
    this.record = record;
    this.isStale ||= hasNewRecord;
    // Data goes to the record alone. The chart is told what can change what may happen, and all when it is inspected.
    const isForChart =
      fact.change !== "PropertiesChanged" || fact.capabilities !== undefined || this.host.inspection.isOn;
    const hasNewChart = isForChart && this.#tell(this.#lifecycleFact(fact, isStale && isRepeat));
    if (isForChart && !isBehindState && !this.#follows(fact)) {
      report({
        code: "unexpected-state",
        message: `The server named ${fact.change}, which does not follow ${state}.`,
        id: this.id,
      });
    }
    if (hasNewRecord || hasNewChart) this.host.changed(this);
    for (const pending of this.context.pending) {
      const running = this.host.runner.get(pending.key);
      if (running !== undefined) this.#confirmFrom(running, fact);
    }
  }

  /** Tells those who watch, if what they see has changed. */
  notify(): void {
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
    this.isStale = true;
    this.#chart = this.#begin();
    this.#read();
  }

  /** The server says of which channel it is, as it did not before. What it went through is told to that channel's chart. */
  nameChannel(channel: string): void {
    const { state, context } = this;
    this.serverChannel = channel;
    this.dispose();
    this.isStale = true;
    this.#chart = this.#begin();
    // It lives, so a fact has the name of its state.
    const type = state === "Unknown" ? "PropertiesChanged" : (state as "Accepted");
    this.#tell({ type, capabilities: context.capabilities });
    this.host.changed(this);
  }

  /** Ends the chart, and with it what was under way. */
  dispose(): void {
    for (const { key } of this.context.pending)
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
    const { capabilities, pending } = this.context;
    if (this.isEnded) return "ended";
    if (!this.host.isLive()) return "not-live";
    if (rule.capability === null || !capabilities.includes(rule.capability)) return "not-granted";
    if (!isSafeId(this.id)) return "unsafe-id";
    return conflictWith(rule, pending, this.rules);
  }

  #begin(): InteractionChart {
    // Only chats have a chart of their own kind; any other channel lives like an email.
    const machine = (this.serverChannel === "chat" ? chatMachine : emailMachine) as typeof emailMachine;
    return new InteractionChart({ id: this.id, machine, inspection: this.host.inspection });
  }

  #lifecycleFact(fact: InteractionFact, isOldRepeat: boolean): InteractionEvent {
    const { change, capabilities } = fact;
    if (capabilities === undefined || isOldRepeat) return { type: change };
    const known = this.context.capabilities;
    if (arraysEqual(known, capabilities)) return { type: change, capabilities: known };
    for (const capability of capabilities) {
      if (!known.includes(capability) && !isKnownCapability(this.rules, capability)) {
        const message = "The server grants a capability that no operation needs.";
        this.host.report({ code: "unknown-capability", message, id: this.id });
      }
    }
    return { type: change, capabilities };
  }

  /** Sends to the chart and reads it. Gives whether that changed anything that can be seen. */
  #tell(event: InteractionEvent): boolean {
    const before = this.context;
    const state = this.state;
    this.#chart.send(event);
    this.#read();
    const after = this.context;
    for (const { key, outcome } of after.settled) this.host.runner.settle(key, outcome);
    const hasChanged =
      this.state !== state ||
      after.capabilities !== before.capabilities ||
      (after.pending !== before.pending && !arraysEqual(keys(after), keys(before))) ||
      after.outcome !== before.outcome;
    this.isStale ||= hasChanged;
    return hasChanged;
  }

  #read(): void {
    const { value, context } = this.#chart.state;
    this.context = context;
    this.state = typeof value === "string" ? value : (Object.values(value)[0] as InteractionState);
  }

  #follows({ change }: InteractionFact): boolean {
    if (change === "PropertiesChanged" || change === "StateUnknown") return true;
    return this.state === (change === "Missing" ? "Gone" : change);
  }

  #confirmFrom(running: RunningOperation, fact: InteractionFact | undefined): void {
    const { record, context } = this;
    if (isConfirmed(running, { record, capabilities: context.capabilities, fact })) {
      this.note({ type: "OperationConfirmed", key: running.key });
    }
  }
}

function keys({ pending }: InteractionContext): readonly number[] {
  return pending.map(({ key }) => key);
}
