import type { AnyActor } from "xstate";
import type { AnomalyReport } from "../domain/anomaly.ts";
import type { ConnectionFact, StopReason } from "../domain/connection.ts";
import type { Effects } from "../domain/effects.ts";
import type { ChannelFact, Fact, InteractionFact } from "../domain/fact.ts";
import { isBehind, isEnding } from "../domain/lifecycle.ts";
import type { OperationOutcomeName } from "../domain/outcome.ts";
import type { OperationFact } from "../domain/pending-operations.ts";
import type { ServerAnswer } from "../domain/request.ts";
import { otherKind } from "../kinds/other-kind.ts";
import type { AnomalyLog } from "./anomalies.ts";
import { ChannelEntity } from "./entities/channel-entity.ts";
import type { Channel } from "./entities/channel.ts";
import type { ConnectionEntity } from "./entities/connection-entity.ts";
import type { DeskModel } from "./entities/desk-model.ts";
import { InteractionEntity } from "./entities/interaction-entity.ts";
import type { Interactions } from "./entities/interactions.ts";
import { MaintainedList } from "./lists.ts";
import type { News } from "./news.ts";
import type { Perform } from "./operations/action-set.ts";
import { createdBy } from "./operations/created-by.ts";
import type { Operation, Operations } from "./operations/operations.ts";
import type { OperationTarget } from "./operations/operation-target.ts";
import { endedDuringRead, type Merge, type Resync } from "./resync.ts";

/** What is to be carried out when an event has been reduced. */
export type Action =
  | { readonly do: "settle"; readonly key: number; readonly outcome: OperationOutcomeName }
  | { readonly do: "send" | "repeat later"; readonly operation: Operation }
  | { readonly do: "connect"; readonly run: number; readonly channels: readonly string[] };

/** What the state of a desk consists of. */
export interface StateParts {
  readonly model: DeskModel;
  readonly connection: ConnectionEntity;
  readonly interactions: Interactions;
  readonly operations: Operations;
  readonly resync: Resync;
  readonly anomalies: AnomalyLog;
  readonly news: News;
  readonly perform: Perform;
}

/** The channel of an interaction of which the server has not named it. */
const unnamed = "unknown";

/**
 * The state of a desk. Each method reduces something that happened: it changes the state, notes in `news` what listeners
 * are to be notified of, and in `actions` what is to be carried out. It calls nobody.
 */
export class DeskState {
  readonly channels = new Map<string, ChannelEntity>();
  readonly channelList: MaintainedList<ChannelEntity, Channel>;
  readonly #parts: StateParts;
  #actions: Action[] = [];

  constructor(parts: StateParts) {
    this.#parts = parts;
    const { report } = parts.model.inspection.delivery;
    this.channelList = new MaintainedList(({ handle }: ChannelEntity) => handle, report);
  }

  /** Takes the actions that are to be carried out now. */
  takeActions(): readonly Action[] {
    if (this.#actions.length === 0) return this.#actions;
    const actions = this.#actions;
    this.#actions = [];
    return actions;
  }

  request(action: Action): void {
    this.#actions.push(action);
  }

  /** Creates and returns the actor of every chart. */
  *actors(): Iterable<AnyActor> {
    yield this.#parts.connection.inspected;
    for (const channel of this.channels.values()) yield channel.inspected;
    for (const interaction of this.#parts.interactions.entities.values()) yield interaction.inspected;
  }

  report(anomaly: AnomalyReport): void {
    const { anomalies, news } = this.#parts;
    anomalies.add(anomaly);
    news.addStore(anomalies);
  }

  /** Returns a channel. Looking one up must not list it: rendering must have no side effects. */
  channel(name: string): ChannelEntity {
    const known = this.channels.get(name);
    if (known !== undefined) return known;
    const channel = new ChannelEntity(name, this.#parts.model, this.#parts.perform);
    this.channels.set(name, channel);
    return channel;
  }

  listChannel(channel: ChannelEntity): void {
    if (this.channelList.set(channel, true)) this.#parts.news.addStore(this.channelList);
  }

  /** Applies a fact that a notification carried. */
  receive(fact: Fact): void {
    if (fact.about === "channel") return this.#receiveChannel(fact);
    this.#parts.resync.noteArrival(fact);
    this.#receiveInteraction(fact);
  }

  /**
   * Merges the server's own list. It is the truth as of when it was made: it may end, bring back or lead back what no
   * notification could. What arrived by notification meanwhile is newer and is applied once more on top.
   */
  merge({ reading, factsDuringRead }: Merge): void {
    for (const anomaly of reading.anomalies) this.report(anomaly);
    for (const fact of reading.facts) {
      if (fact.about === "channel") this.#receiveChannel(fact);
      else this.#mergeListed(fact, factsDuringRead.get(fact.id));
    }
    for (const entity of [...this.#parts.interactions.live.members()]) {
      if (!reading.ids.has(entity.id) && !factsDuringRead.has(entity.id))
        this.#commit(entity, entity.apply(missing(entity)));
    }
  }

  applyToConnection(fact: ConnectionFact): void {
    const { connection, interactions, news } = this.#parts;
    const wasLive = connection.isLive;
    if (!connection.apply(fact).changed) return;
    news.addStore(connection);
    news.addChange(connection);
    if (wasLive === connection.isLive) return;
    // What can be performed has changed.
    for (const channel of this.channels.values()) this.#commitChannel(channel, channel.refresh());
    for (const interaction of interactions.entities.values()) news.addInteraction(interaction);
  }

  /** Marks an operation as pending; it is sent when all else has been reduced. */
  begin(operation: Operation): void {
    this.#commitTo(operation.target, operation.target.begin(operation));
    this.request({ do: "send", operation });
  }

  /** Applies the server's answer to an operation. */
  applyAnswer(operation: Operation, answer: ServerAnswer): void {
    const { operations } = this.#parts;
    this.applyToOperation(operation, operations.answered(operation, answer));
    if (answer.kind !== "unanswered" || this.#isSettled(operation) || !operations.mayRepeat(operation))
      return;
    this.request({ do: "repeat later", operation });
  }

  applyToOperation({ target }: Operation, fact: OperationFact): void {
    this.#commitTo(target, target.applyOperation(fact));
  }

  /** An operation was not confirmed in its time, and the server's list did not show it either; or there is no link. */
  expire(operation: Operation, outcome: "TimedOut" | "LinkLost" | "Stopped"): void {
    this.applyToOperation(operation, { type: "OperationExpired", key: operation.key, outcome });
  }

  /** The store has caught up with the server after the connection was lost. */
  resumeOperations(): void {
    for (const operation of this.#parts.operations.all()) {
      if (operation.isOverdue) this.expire(operation, "TimedOut");
      else if (operation.isToRepeat) this.request({ do: "send", operation });
    }
  }

  /** Ends all that is pending. */
  stop(reason: StopReason): void {
    const { operations } = this.#parts;
    this.applyToConnection({ type: "Stop", reason });
    for (const operation of operations.all()) {
      this.expire(operation, "Stopped");
      this.request({ do: "settle", key: operation.key, outcome: "Stopped" });
    }
  }

  /** Forgets an interaction that has ended. Returns whether it had. */
  dismiss(entity: InteractionEntity): boolean {
    const { interactions, news } = this.#parts;
    if (!interactions.remove(entity)) return false;
    for (const { key, outcome } of entity.dispose()) this.request({ do: "settle", key, outcome });
    news.addStore(interactions.ended);
    news.addInteraction(entity);
    return true;
  }

  #receiveChannel(fact: ChannelFact): void {
    if (fact.channel === undefined) {
      for (const channel of this.channels.values()) this.#commitChannel(channel, channel.apply(fact));
      return;
    }
    const channel = this.channel(fact.channel);
    this.#commitChannel(channel, channel.apply(fact));
    this.listChannel(channel);
  }

  #receiveInteraction(fact: InteractionFact): void {
    const { id, channel } = fact;
    const { interactions } = this.#parts;
    const known = interactions.entities.get(id);
    if (known === undefined ? interactions.dismissedIds.has(id) : known.isEnded)
      return this.#receiveLate(fact);
    if (known !== undefined && channel !== undefined && channel !== known.channel)
      this.#rename(known, channel);
    const entity = known ?? this.#create(fact);
    this.#commit(entity, entity.apply(fact));
    // A new interaction is news, even when nothing is said about it.
    if (entity.listedState === undefined) this.#changed(entity);
  }

  #create({ id, channel = unnamed }: InteractionFact): InteractionEntity {
    const entity = this.#parts.interactions.create(id, channel, this.#parts.model);
    if (entity.kind === otherKind) {
      const message = "The channel is not known: it can be seen, not handled.";
      this.report({ code: "unknown-channel", message, id });
    }
    return entity;
  }

  #rename(entity: InteractionEntity, channel: string): void {
    if (entity.channel === unnamed) return this.#commit(entity, entity.nameChannel(channel));
    const message = "The server named another channel than before, which counts.";
    this.report({ code: "channel-mismatch", message, id: entity.id });
  }

  /**
   * A notification about an interaction that has ended or was dismissed changes nothing. But if it grants something it
   * may be a new offer of the same interaction, which looks like a repeat; then the server's list decides.
   */
  #receiveLate({ id, change, capabilities = [] }: InteractionFact): void {
    const message = `${change} came after the end; it changed nothing.`;
    this.report({ code: "late-fact", message, id });
    if (!isEnding(change) && capabilities.length > 0) this.#lookUp();
  }

  #mergeListed(fact: InteractionFact, meanwhile: readonly InteractionFact[] = []): void {
    const { id, change } = fact;
    const { interactions } = this.#parts;
    const entity = interactions.entities.get(id);
    if ((entity === undefined || entity.isEnded) && endedDuringRead(meanwhile)) return;
    if (entity === undefined) interactions.dismissedIds.delete(id);
    else if (entity.isEnded) {
      const message = "It had ended, but is on the server's list again.";
      this.report({ code: "reoffered", message, id });
      this.#commit(entity, entity.renew());
    } else if (meanwhile.length === 0 && isBehind(change, entity.state, entity.kind.progress)) {
      const message = `The server's list leads back from ${entity.state}.`;
      this.report({ code: "unexpected-state", message, id });
      this.#commit(entity, entity.renew());
    }
    for (const one of [fact, ...meanwhile]) this.#receiveInteraction(one);
  }

  #commitTo(target: OperationTarget, effects: Effects): void {
    if (target instanceof InteractionEntity) this.#commit(target, effects);
    else if (target instanceof ChannelEntity) this.#commitChannel(target, effects);
  }

  #commit(entity: InteractionEntity, effects: Effects): void {
    this.#commitRest(effects);
    if (effects.changed) this.#changed(entity);
  }

  #commitChannel(channel: ChannelEntity, effects: Effects): void {
    this.#commitRest(effects);
    if (!effects.changed) return;
    this.#parts.news.addStore(channel);
    this.#parts.news.addChange(channel);
  }

  #commitRest({ anomalies, settled, needsResync }: Effects): void {
    for (const anomaly of anomalies) this.report(anomaly);
    for (const { key, outcome } of settled) this.request({ do: "settle", key, outcome });
    if (needsResync) this.#lookUp();
  }

  #changed(entity: InteractionEntity): void {
    const { interactions, news } = this.#parts;
    for (const list of interactions.updateLists(entity)) news.addStore(list);
    news.addInteraction(entity);
    news.addChange(entity);
    if (entity.isEnded) for (const oldest of interactions.surplus()) this.dismiss(oldest);
    if (entity.state === "Composing") this.#confirmCreation(entity);
  }

  /** An operation that creates an interaction is confirmed by the interaction that answers its own. */
  #confirmCreation(entity: InteractionEntity): void {
    const pending = [...this.#parts.operations.all()].filter((one) => !this.#isSettled(one));
    const operation = createdBy(entity, pending);
    if (operation === undefined) return;
    operation.details = { interactionId: entity.id };
    this.applyToOperation(operation, { type: "OperationConfirmed", key: operation.key });
  }

  /** Has the server's list read, because only the list can decide. */
  #lookUp(): void {
    if (this.#parts.connection.isLive) this.#parts.resync.lookUp();
  }

  #isSettled({ key }: Operation): boolean {
    return this.#actions.some((action) => action.do === "settle" && action.key === key);
  }
}

function missing({ id, channel }: InteractionEntity): InteractionFact {
  return {
    about: "interaction",
    id,
    channel,
    change: "Missing",
    state: undefined,
    capabilities: [],
    known: {},
  };
}
