import type { Actor, AnyStateMachine } from "xstate";
import type { AnomalyReport } from "../../domain/anomaly.ts";
import { arraysEqual } from "../../domain/arrays.ts";
import { effectsOf, noEffects, type Effects } from "../../domain/effects.ts";
import type { InteractionFact } from "../../domain/fact.ts";
import { isSafeId } from "../../domain/identifier.ts";
import type {
  InteractionContext,
  InteractionEvent,
  LifecycleFact,
} from "../../domain/interaction-context.ts";
import { isBehind, type InteractionState } from "../../domain/lifecycle.ts";
import {
  conflictWith,
  isKnownCapability,
  type OperationRule,
  type OperationTable,
} from "../../domain/operation.ts";
import type { Unavailability } from "../../domain/outcome.ts";
import type { OperationFact, SettledOperation } from "../../domain/pending-operations.ts";
import { mergeRecord, type InteractionRecord } from "../../domain/record.ts";
import type { MergeContext } from "../../domain/record-field.ts";
import type { InteractionTarget } from "../../domain/request.ts";
import type { InteractionKind } from "../../kinds/kind.ts";
import { operationSent, type PendingRequest } from "../operations/operation-target.ts";
import type { WatchedStore } from "../readable-store.ts";
import { Chart } from "./chart.ts";
import type { DeskModel } from "./desk-model.ts";
import { dataOf } from "./interaction-snapshot.ts";
import { InteractionView, type ViewSource } from "./interaction-view.ts";
import type { AnySnapshot } from "./interaction.ts";
import { lifecycleStep } from "./steps.ts";

const noRules: OperationTable = new Map();
const none: readonly never[] = [];

/** A pending operation, with the record as it was when the operation was sent. */
interface Awaited extends PendingRequest {
  readonly before: InteractionRecord;
}

/** One interaction inside the desk: its chart and its record. Applying something to it returns the effects. */
export class InteractionEntity implements ViewSource {
  readonly id: string;
  readonly model: DeskModel;
  /** In the server's spelling; `unknown` until the server names it. */
  channel: string;
  kind: InteractionKind;
  record: InteractionRecord;
  state: InteractionState = "Unknown";
  context: InteractionContext;
  /** Counts what changed, for those who keep a snapshot. */
  version = 0;
  /** The state in which the lists of the desk have it. */
  listedState: InteractionState | undefined;
  #view: InteractionView | undefined;
  #chart: Chart<AnyStateMachine>;
  /** Whether an operation was ever performed on it; until then it lives like many others. */
  #isOperated = false;
  #missing = 0;
  #awaited: readonly Awaited[] = none;

  constructor(id: string, channel: string, model: DeskModel) {
    this.id = id;
    this.channel = channel;
    this.model = model;
    this.kind = model.kindOf(channel);
    this.record = model.records.empty;
    this.#chart = this.#startChart();
    this.context = this.#chart.state.context as InteractionContext;
  }

  get actor(): Actor<AnyStateMachine> {
    return this.#chart.actor;
  }
  /** The actor for inspectors; it is dropped when the last one detaches. */
  get inspected(): Actor<AnyStateMachine> {
    return this.#chart.inspected;
  }
  /** The public face, created on demand. */
  get view(): InteractionView {
    return (this.#view ??= new InteractionView(this));
  }
  /** Its listeners, if any caller has looked at it. */
  get store(): WatchedStore<AnySnapshot> | undefined {
    return this.#view?.store;
  }
  get change() {
    return { about: "interaction", interaction: this.view.handle } as const;
  }
  get rules(): OperationTable {
    return this.model.rules.interaction.get(this.kind.name) ?? noRules;
  }
  get isEnded(): boolean {
    return this.context.ending !== null;
  }

  /** Applies a fact of a notification or of the server's list. */
  apply(fact: InteractionFact): Effects {
    const { state, model } = this;
    const { change, known } = fact;
    const isBehindState = isBehind(change, state, this.kind.progress);
    const isRepeat = change === "PropertiesChanged" || change === state;
    const isOlder = model.isOutdated(this.kind, fact, this.record);
    // States have an order of their own: an acceptance is news even when it arrives after later events.
    const isOutdated = isBehindState || (isOlder && (isRepeat || change === "Invited"));
    const context = model.merging.begin(isOutdated || isOlder, isOutdated);
    const record = mergeRecord(model.records, this.record, known, context);
    const hasNewRecord = record !== this.record;
    this.record = record;
    // Data goes to the record alone. The chart receives what can change what may happen, and all facts when it is inspected.
    const isForChart =
      change !== "PropertiesChanged" || fact.capabilities !== undefined || model.inspection.isOn;
    const before = this.context;
    if (isForChart) {
      this.#send(this.#lifecycleFact(fact, isOutdated && isRepeat, context));
      if (!isBehindState && !this.#follows(fact)) {
        const message = `The server named ${change}, which does not follow ${state}.`;
        context.report({ code: "unexpected-state", message, id: this.id });
      }
    }
    return this.#effects(hasNewRecord, state, before, context.anomalies, fact);
  }

  /** Marks an operation as pending. */
  begin(request: PendingRequest): Effects {
    this.#awaited = [...this.#awaited, { ...request, before: this.record }];
    return this.applyOperation(operationSent(request));
  }

  /** Applies a fact about an operation. */
  applyOperation(fact: OperationFact): Effects {
    const { state, context } = this;
    this.#isOperated = true;
    this.#send(fact);
    const mayBeShown = fact.type === "OperationAcknowledged";
    return this.#effects(false, state, context, undefined, mayBeShown ? "unchanged" : undefined);
  }

  /**
   * Starts a new life, because the server's list does not follow from the last one. The caller continues with the facts
   * of the list, which is all that counts of the data too.
   */
  renew(): Effects {
    this.record = this.model.records.empty;
    return this.#restart();
  }

  /** Sets the channel that the server named only now, and passes the state to the chart of that kind. */
  nameChannel(channel: string): Effects {
    const { state, context } = this;
    this.channel = channel;
    this.kind = this.model.kindOf(channel);
    const effects = this.#restart();
    // Only a living interaction is named, so its state is also the name of a fact.
    const isNamed = state === "Invited" || state === "Accepted" || state === "Composing" || state === "Left";
    this.#send({ type: isNamed ? state : "PropertiesChanged", capabilities: context.capabilities });
    return effects;
  }

  #restart(): Effects {
    const settled = this.dispose();
    this.#chart = this.#startChart();
    this.#isOperated = false;
    this.#read();
    this.version++;
    return effectsOf(true, settled, undefined, false);
  }

  /** Ends the chart. Returns the operations that were pending, as settled. */
  dispose(): readonly SettledOperation[] {
    const outcome = this.state === "Revoked" ? "Revoked" : "Ended";
    this.#awaited = none;
    this.#chart.stop();
    return this.context.pending.map(({ key }) => ({ key, outcome }));
  }

  target(): InteractionTarget {
    const { id, kind, channel, record } = this;
    const outQueues = record.outQueues?.object;
    return { about: "interaction", id, kind: kind.name, channel, outQueues, data: dataOf(kind, record) };
  }

  unavailability(rule: OperationRule): Unavailability | undefined {
    const { capabilities, pending } = this.context;
    if (this.isEnded) return "ended";
    if (!this.model.connection.isLive) return "not-live";
    if (rule.capability === null || !capabilities.includes(rule.capability)) return "not-granted";
    if (!isSafeId(this.id)) return "unsafe-id";
    return conflictWith(rule, pending, this.rules);
  }

  #startChart(): Chart<AnyStateMachine> {
    const { id, kind, model } = this;
    return new Chart<AnyStateMachine>({ id, machine: kind.machine, inspection: model.inspection });
  }

  #lifecycleFact(fact: InteractionFact, isOldRepeat: boolean, context: MergeContext): LifecycleFact {
    const { change, capabilities } = fact;
    if (capabilities === undefined || isOldRepeat) return { type: change };
    const known = this.context.capabilities;
    if (arraysEqual(known, capabilities)) return { type: change, capabilities: known };
    for (const capability of capabilities) {
      if (!known.includes(capability) && !isKnownCapability(this.rules, capability)) {
        const message = "The server grants a capability that no operation needs.";
        context.report({ code: "unknown-capability", message, id: this.id });
      }
    }
    return { type: change, capabilities };
  }

  #send(event: InteractionEvent): void {
    if (this.#isOperated) this.#chart.send(event);
    else this.#chart.send(event, lifecycleStep);
    this.#read();
  }

  #read(): void {
    const { value, context } = this.#chart.state;
    this.context = context as InteractionContext;
    // Ended states are inside of the state `Ended`.
    this.state = (typeof value === "string" ? value : Object.values(value as object)[0]) as InteractionState;
  }

  /** Whether the chart reached the state that the server named. */
  #follows({ change }: InteractionFact): boolean {
    if (change === "PropertiesChanged" || change === "StateUnknown") return true;
    return this.state === (change === "Missing" ? "Gone" : change);
  }

  /**
   * Returns the effects of the last event.
   *
   * @param shown - may show that pending operations took effect: a fact, or data that was `unchanged` by it.
   */
  #effects(
    hasNewRecord: boolean,
    state: InteractionState,
    before: InteractionContext,
    anomalies: readonly AnomalyReport[] | undefined,
    shown: InteractionFact | "unchanged" | undefined,
  ): Effects {
    let settled = this.context === before ? none : this.context.settled;
    if (shown !== undefined) {
      for (const awaited of this.#awaited) {
        const { key } = awaited;
        if (!this.#isPending(key) || !this.#isShown(awaited, shown === "unchanged" ? undefined : shown))
          continue;
        this.#send({ type: "OperationConfirmed", key });
        settled = [...settled, ...this.context.settled];
      }
    }
    if (settled.length > 0) this.#awaited = this.#awaited.filter(({ key }) => this.#isPending(key));
    const changed = hasNewRecord || this.#hasChanged(state, before);
    if (changed) this.version++;
    else if (settled.length === 0 && anomalies === undefined) return noEffects;
    return effectsOf(changed, settled, anomalies, this.#hasNewGap());
  }

  #hasChanged(state: InteractionState, before: InteractionContext): boolean {
    const { context } = this;
    if (context === before) return false;
    return (
      this.state !== state ||
      context.capabilities !== before.capabilities ||
      context.outcome !== before.outcome ||
      (context.pending !== before.pending && !arraysEqual(keysOf(context), keysOf(before)))
    );
  }

  #isPending(key: number): boolean {
    return this.context.pending.some((entry) => entry.key === key);
  }

  /** Whether the data shows that an operation took effect. Charts see states and answers themselves. */
  #isShown({ rule, parameters, before }: Awaited, fact: InteractionFact | undefined): boolean {
    const { confirmedBy, capability } = rule;
    const { record, context } = this;
    switch (confirmedBy.by) {
      case "answer":
      case "state":
      case "ending":
      case "creation":
        return false;
      case "withdrawal":
        return (
          fact?.change === "Left" ||
          (fact?.capabilities !== undefined && !context.capabilities.includes(capability ?? ""))
        );
      case "data":
        return this.kind.evidence[confirmedBy.shows]?.({ record, before, parameters, fact }) === true;
    }
  }

  /** Whether more is missing from the data than when this was last asked. */
  #hasNewGap(): boolean {
    const missing = this.model.countMissing(this.kind, this.record);
    const isNew = missing > this.#missing && !this.isEnded;
    this.#missing = missing;
    return isNew;
  }
}

function keysOf({ pending }: InteractionContext): readonly number[] {
  return pending.map(({ key }) => key);
}
