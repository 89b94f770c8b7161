import type { AnyActor } from "xstate";
import type { AnomalyReport } from "../domain/anomaly.ts";
import type { ConnectionFact } from "../domain/connection.ts";
import type { Effects } from "../domain/effects.ts";
import type { ChannelFact, Fact, InteractionFact } from "../domain/fact.ts";
import { isBehind, isEnding } from "../domain/lifecycle.ts";
import type { OperationOutcomeName } from "../domain/outcome.ts";
import type { OperationFact } from "../domain/pending-operations.ts";
import { otherKind } from "../kinds/other-kind.ts";
import type { AnomalyLog } from "./anomalies.ts";
import { ChannelEntity } from "./entities/channel-entity.ts";
import type { ConnectionEntity } from "./entities/connection-entity.ts";
import type { DeskModel } from "./entities/desk-model.ts";
import { InteractionEntity } from "./entities/interaction-entity.ts";
import type { Interactions } from "./entities/interactions.ts";
import type { JournalWriter } from "./journal.ts";
import { MaintainedList } from "./lists.ts";
import type { RequestedOperation, RequestedOperations } from "./operations/operations.ts";
import type { OperationTarget } from "./operations/operation-target.ts";
import { endedDuringRead, type Merge, type Resync } from "./resync.ts";
import type { Round } from "./round.ts";

/** Parts of a desk that its state consists of, and the round that they are changed in. */
interface StateParts {
  readonly model: DeskModel;
  readonly connection: ConnectionEntity;
  readonly interactions: Interactions;
  readonly operations: RequestedOperations;
  readonly resync: Resync;
  readonly anomalies: AnomalyLog;
  readonly journal: JournalWriter;
  readonly round: Round;
}

/** The state of a desk. Each function reduces one event; what follows from it waits for the end of the round. */
export type DeskState = ReturnType<typeof createState>;

/** The channel of an interaction of which the server has not named it. */
const unnamed = "unknown";

/**
 * Creates the state of a desk. Its functions change the state and collect what follows in the round: whom to notify, and
 * what to carry out. They call no listener and no link.
 */
export function createState({
  model,
  connection,
  interactions,
  operations,
  resync,
  anomalies,
  journal,
  round,
}: StateParts) {
  const { entities, dismissedIds, live } = interactions;
  const channels = new Map<string, ChannelEntity>();
  const channelList = new MaintainedList(
    ({ handle }: ChannelEntity) => handle,
    model.inspection.delivery.report,
  );

  function report(anomaly: AnomalyReport): void {
    anomalies.add(anomaly);
    round.changed(anomalies.store);
  }

  function reportAbout(id: string, code: AnomalyReport["code"], message: string): void {
    report({ code, message, id });
  }

  /** Returns a channel. Looking one up must not list it: rendering must have no side effects. */
  function channel(name: string): ChannelEntity {
    const known = channels.get(name) ?? new ChannelEntity(name, model);
    channels.set(name, known);
    return known;
  }

  function listChannel(entity: ChannelEntity): void {
    if (channelList.set(entity, true)) round.changed(channelList.store);
  }

  /** Ends an operation. Its promise settles when all has been reduced. */
  function settle(key: number, outcome: OperationOutcomeName): void {
    const resolve = operations.settle(key, outcome);
    if (resolve !== undefined) round.act(() => journal.append("settled", [key, resolve()]));
  }

  /** Reads the server's list, because only the list can decide. */
  function lookUp(): void {
    if (connection.isLive) resync.lookUp();
  }

  function commit(entity: OperationTarget, effects: Effects): void {
    for (const anomaly of effects.anomalies) report(anomaly);
    for (const { key, outcome } of effects.settled) settle(key, outcome);
    if (effects.needsResync) lookUp();
    if (!effects.changed) return;
    if (entity instanceof InteractionEntity) interactionChanged(entity);
    else if (entity instanceof ChannelEntity) {
      round.changed(entity.store);
      round.change(entity);
    }
  }

  function interactionChanged(entity: InteractionEntity): void {
    interactions.changed(entity);
    round.change(entity);
    if (entity.isEnded) for (const oldest of interactions.surplus()) dismiss(oldest);
    if (entity.state === "Composing") confirmCreation(entity);
  }

  /** Confirms the operation that created an interaction, such as a reply. */
  function confirmCreation(created: InteractionEntity): void {
    const waiting = [...operations.pending.values()].filter(({ rule }) => rule.confirmedBy.by === "creation");
    const { parentId, threadId } = created.record;
    const operation = waiting.find(({ target: asked }) => {
      if (!(asked instanceof InteractionEntity) || asked === created) return false;
      if (parentId !== undefined) return parentId === asked.id;
      if (threadId !== undefined) return threadId === asked.record.threadId;
      return waiting.length === 1;
    });
    if (operation === undefined) return;
    operation.details = { interactionId: created.id };
    applyToOperation(operation, { type: "OperationConfirmed", key: operation.key });
  }

  function applyToOperation({ target }: RequestedOperation, fact: OperationFact): void {
    commit(target, target.applyOperation(fact));
  }

  function dismiss(entity: InteractionEntity): boolean {
    if (!interactions.remove(entity)) return false;
    for (const { key, outcome } of entity.dispose()) settle(key, outcome);
    return true;
  }

  function receiveChannel(fact: ChannelFact): void {
    const named = fact.channel === undefined ? undefined : channel(fact.channel);
    for (const entity of named === undefined ? channels.values() : [named])
      commit(entity, entity.apply(fact));
    if (named !== undefined) listChannel(named);
  }

  function receiveInteraction(fact: InteractionFact): void {
    const { id, channel: name } = fact;
    const known = entities.get(id);
    if (known === undefined ? dismissedIds.has(id) : known.isEnded) return receiveLate(fact);
    if (known !== undefined && name !== undefined && name !== known.channel) {
      if (known.channel === unnamed) commit(known, known.nameChannel(name));
      else
        reportAbout(
          id,
          "channel-mismatch",
          "The server named another channel than before; the first one counts.",
        );
    }
    const entity = known ?? create(fact);
    commit(entity, entity.apply(fact));
    // A new interaction is news, even when the fact holds no data about it.
    if (entity.listedState === undefined) interactionChanged(entity);
  }

  function create({ id, channel: name = unnamed }: InteractionFact): InteractionEntity {
    const entity = new InteractionEntity(id, name, model);
    entities.set(id, entity);
    if (entity.kind === otherKind)
      reportAbout(id, "unknown-channel", "The channel is not known: it can be seen, not handled.");
    return entity;
  }

  /**
   * A notification about an interaction that has ended or was dismissed changes nothing. But if it grants something it
   * may be a new offer of the same interaction, which looks like a repeat; then the server's list decides.
   */
  function receiveLate({ id, change, capabilities = [] }: InteractionFact): void {
    reportAbout(id, "late-fact", `${change} came after the end; it changed nothing.`);
    if (!isEnding(change) && capabilities.length > 0) lookUp();
  }

  function mergeListed(fact: InteractionFact, meanwhile: readonly InteractionFact[] = []): void {
    const { id, change } = fact;
    const entity = entities.get(id);
    if ((entity === undefined || entity.isEnded) && endedDuringRead(meanwhile)) return;
    if (entity === undefined) dismissedIds.delete(id);
    else {
      const { isEnded, state, kind } = entity;
      if (isEnded) reportAbout(id, "reoffered", "It had ended, but is on the server's list again.");
      const leadsBack = !isEnded && meanwhile.length === 0 && isBehind(change, state, kind.progress);
      if (leadsBack) reportAbout(id, "unexpected-state", `The server's list leads back from ${state}.`);
      if (isEnded || leadsBack) commit(entity, entity.renew());
    }
    for (const one of [fact, ...meanwhile]) receiveInteraction(one);
  }

  return {
    channels,
    channelList,
    channel,
    listChannel,
    report,
    settle,
    applyToOperation,
    dismiss,

    /** Creates and returns the actor of every chart. */
    actors: (): readonly AnyActor[] =>
      [connection, ...channels.values(), ...entities.values()].map(({ inspected }) => inspected),

    /** Applies a fact that a notification carried. */
    receive(fact: Fact): void {
      if (fact.about === "channel") return receiveChannel(fact);
      resync.noteArrival(fact);
      receiveInteraction(fact);
    },

    /**
     * Merges the server's own list. It is the truth as of when it was made: it may end, bring back or lead back what no
     * notification could. What arrived by notification meanwhile is newer and is applied once more on top.
     */
    merge({ reading, factsDuringRead }: Merge): void {
      for (const anomaly of reading.anomalies) report(anomaly);
      for (const fact of reading.facts) {
        if (fact.about === "channel") receiveChannel(fact);
        else mergeListed(fact, factsDuringRead.get(fact.id));
      }
      for (const entity of [...live.members()]) {
        const { id } = entity;
        if (!reading.ids.has(id) && !factsDuringRead.has(id)) commit(entity, entity.apply(missing(entity)));
      }
    },

    applyToConnection(fact: ConnectionFact): void {
      const wasLive = connection.isLive;
      if (!connection.apply(fact)) return;
      round.changed(connection.store);
      round.change(connection);
      if (wasLive === connection.isLive) return;
      // What can be performed has changed.
      for (const entity of channels.values()) commit(entity, entity.refresh());
      for (const entity of entities.values()) interactions.notify(entity);
    },

    /** Marks an operation as pending. */
    begin(operation: RequestedOperation): void {
      commit(operation.target, operation.target.begin(operation));
    },
  };
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
