import type { Report } from "../domain/anomaly.ts";
import { checkParameters } from "../domain/parameters.ts";
import type { StopReason } from "../domain/connection.ts";
import { recordFields } from "../domain/record.ts";
import type { RecordFields } from "../domain/record-field.ts";
import type { ServerAnswer } from "../domain/request.ts";
import { guardKind } from "../kinds/guard-kind.ts";
import type { InteractionKind } from "../kinds/kind.ts";
import type { StandardKinds } from "../kinds/standard-kinds.ts";
import type { ServerOperations, StandardOperations, Vocabulary, VocabularyOf } from "../kinds/vocabulary.ts";
import { AnomalyLog } from "./anomalies.ts";
import { completeOptions, type CompleteOptions } from "./desk-options.ts";
import type { Desk, DeskChange, DeskOptions } from "./desk.ts";
import { ConnectionEntity } from "./entities/connection-entity.ts";
import { createDeskModel } from "./entities/desk-model.ts";
import { createInteractionView } from "./entities/interaction-view-class.ts";
import { Interactions } from "./entities/interactions.ts";
import type { Delivery } from "./inspection/delivery.ts";
import { Inspection } from "./inspection/inspection.ts";
import { JournalWriter, type Journal, type JournaledClock } from "./journal.ts";
import type { LinkListener } from "./link.ts";
import { News } from "./news.ts";
import type { Perform } from "./operations/action-set.ts";
import { Operations, requestOf, type Operation } from "./operations/operations.ts";
import { ListenerSet } from "./readable-store.ts";
import { Resync } from "./resync.ts";
import { createRetain } from "./retain.ts";
import { Round } from "./round.ts";
import { Session } from "./session.ts";
import { DeskState, type Action } from "./state.ts";

/**
 * Creates a desk. It does nothing until it is started.
 *
 * @throws DeskError `invalid-options`
 */
export function createDesk<
  Server extends ServerOperations = StandardOperations,
  const Kinds extends readonly InteractionKind[] = StandardKinds,
>(options: DeskOptions<Server, Kinds>): Desk<VocabularyOf<Kinds, Server>> {
  return typed(assembleDesk(completeOptions(options)));
}

/** Gives a desk the types of its kinds and its server, which exist at compile time only. */
function typed<Words extends Vocabulary>(desk: Desk): Desk<Words> {
  return desk as unknown as Desk<Words>;
}

/**
 * Puts a desk together: what it consists of, and the three phases of everything that happens to it. First the state is
 * reduced, then what follows is carried out, then listeners are notified.
 */
function assembleDesk(options: CompleteOptions): Desk {
  const { link, random, operationTimeout, recoveryTimeout, keepEnded } = options;
  const journal = new JournalWriter(options.clock);
  const round = new Round(journal, {
    act,
    notify: () => news.notify(),
    hasNews: () => !news.isEmpty,
    goOnLater,
  });
  const clock: JournaledClock = {
    now: () => journal.now(),
    setTimeout: (run, ms, name = "") =>
      (options.clock as JournaledClock).setTimeout(() => round.run("timer", [name], run), ms, name),
    clearTimeout: (timer) => options.clock.clearTimeout(timer),
  };
  const delivery: Delivery = {
    report: (anomaly) => round.run("listenerFailed", [], () => state.report(anomaly)),
    defer: (deliver) => (journal.isIdle ? deliver() : news.addDelivery(deliver)),
  };
  const inspection: Inspection = new Inspection(delivery, () => state.actors());
  const connection: ConnectionEntity = new ConnectionEntity(inspection);
  const interactions = new Interactions(delivery.report, keepEnded);
  const changeListeners = new ListenerSet<DeskChange>(delivery.report);
  const news = new News(interactions, changeListeners);
  const operations = new Operations(clock, random);
  const resync = new Resync(clock, random);
  const session = new Session();
  // A listener to anomalies that throws is an anomaly too; it is kept, but listeners are not notified of it, or that
  // would never end.
  const anomalies = new AnomalyLog(clock.now, options.keepAnomalies, (anomaly) =>
    round.run("listenerFailed", [], () => anomalies.add(anomaly)),
  );
  const views = { createView: createInteractionView(options.kinds), perform, dismiss, delivery, isLive };
  // While the desk reduces, the anomaly belongs to what is reduced; a snapshot can be read at any other time too.
  const reportKind: Report = (anomaly) => (journal.isIdle ? delivery.report(anomaly) : state.report(anomaly));
  const kinds = options.kinds.map((kind) => guardKind(kind, reportKind));
  const model = createDeskModel(kinds, { rules: link.rules, inspection, connection, views });
  const state: DeskState = new DeskState({
    model,
    connection,
    interactions,
    operations,
    resync,
    anomalies,
    news,
    perform,
  });
  if (options.inspect !== undefined) inspection.add(options.inspect);

  /** Carries out what follows from what was reduced. */
  function act(): void {
    for (;;) {
      const actions = state.takeActions();
      const reading = resync.act();
      if (actions.length === 0 && reading === undefined) return;
      for (const action of actions) carryOut(action);
      if (reading !== undefined) readList(reading);
    }
  }

  function carryOut(action: Action): void {
    switch (action.do) {
      case "settle": {
        const outcome = operations.settle(action.key, action.outcome);
        if (outcome !== undefined) journal.append("settled", [action.key, outcome]);
        return;
      }
      case "send":
        return send(action.operation);
      case "repeat later":
        return operations.delayRepeat(action.operation, () => {
          if (action.operation.isToRepeat && connection.isLive) state.request({ ...action, do: "send" });
        });
      case "connect":
        // The desk may have been stopped in the same round.
        if (action.run === session.run) link.connect(listenerFor(action.run), action.channels);
    }
  }

  function send(operation: Operation): void {
    const { key } = operation;
    // It may have been settled in the same round.
    if (operations.get(key) === undefined) return;
    if (operation.sends === 0) {
      operations.limit(operation, () => timeIsUp(operation), operationTimeout, "timeout");
    }
    operations.sending(operation);
    void link
      .perform(requestOf(operation))
      .catch((): ServerAnswer => ({ kind: "unanswered" }))
      .then((answer) => {
        if (operations.get(key) !== undefined)
          round.run("answer", [key, answer], () => state.applyAnswer(operation, answer));
      });
  }

  function readList(generation: number): void {
    void link.readList().then((reading) => {
      if (!resync.isCurrent(generation)) return;
      round.run("list", [reading], () => {
        const { merge, hasCaughtUp, verified } = resync.take(reading);
        if (merge !== undefined) state.merge(merge);
        if (hasCaughtUp) {
          state.applyToConnection({ type: "CaughtUp" });
          session.live();
          state.resumeOperations();
        }
        decide(verified);
      });
    });
  }

  function timeIsUp(operation: Operation): void {
    if (connection.isLive) resync.lookUp(operation.key);
    else decide([operation.key]);
  }

  /** Decides on operations whose time is up and which the list, where it could be read, did not show. */
  function decide(keys: readonly number[]): void {
    for (const key of keys) {
      const operation = operations.get(key);
      if (operation === undefined) continue;
      if (connection.isLive) state.expire(operation, "TimedOut");
      else {
        operation.isOverdue = true;
        operations.limit(operation, () => state.expire(operation, "LinkLost"), recoveryTimeout, "overdue");
      }
    }
  }

  function goOnLater(): void {
    clock.setTimeout(() => {}, 0, "notify");
  }

  function isLive(): boolean {
    return connection.isLive;
  }

  function perform(...[target, rule, given]: Parameters<Perform>): ReturnType<Perform> {
    const { operation: name } = rule;
    const parameters = checkParameters(name, rule.parameters, given);
    const reason = target.unavailability(rule);
    const request = requestOf({ rule, parameters, target });
    if (reason !== undefined) {
      journal.append("perform", [request, reason]);
      return Promise.resolve(Object.freeze({ operation: name, outcome: "NotAllowed", reason }));
    }
    const operation = operations.create(target, rule, parameters);
    round.run("perform", [request, operation.key], () => state.begin(operation));
    return operation.promise;
  }

  function dismiss(id: string): boolean {
    const entity = interactions.entities.get(id);
    return round.run("dismiss", [id], () => entity !== undefined && state.dismiss(entity));
  }

  function end(reason: StopReason): void {
    state.stop(reason);
    decide(resync.cancel());
    session.end(reason);
  }

  /** Returns a listener to the link that ignores events of a previous run and lets no exception escape to the link. */
  function listenerFor(run: number): LinkListener {
    const isCurrent = () => run === session.run;
    return {
      onFacts: (...payload) => {
        if (!isCurrent()) return;
        round.run("facts", payload, () => {
          const [facts, unexpected = []] = payload;
          for (const anomaly of unexpected) state.report(anomaly);
          for (const fact of facts) state.receive(fact);
        });
      },
      onAnomaly: (anomaly) => {
        if (isCurrent()) round.run("anomaly", [anomaly], () => state.report(anomaly));
      },
      onConnected: (details) => {
        if (!isCurrent()) return;
        round.run("connected", [details], () => {
          state.applyToConnection({ type: "Connected", isAcknowledging: details.isAcknowledging });
          decide(resync.catchUp());
        });
      },
      onDisconnected: (lossReason) => {
        if (!isCurrent()) return;
        round.run("disconnected", [lossReason], () => {
          state.applyToConnection({ type: "Lost", lossReason });
          decide(resync.cancel());
        });
      },
      onStopped: (reason) => {
        if (isCurrent()) round.run("stopped", [reason], () => end(reason));
      },
    };
  }

  const start: Desk["start"] = ({ channels = model.channels } = {}) => {
    if (session.started !== undefined) return session.started;
    const started = session.begin();
    const { run, stopping } = session;
    round.run("start", [channels], () => {
      for (const name of channels) state.listChannel(state.channel(name));
      state.applyToConnection({ type: "Start" });
      if (stopping === undefined) state.request({ do: "connect", run, channels });
    });
    void stopping?.then(() => {
      if (run === session.run) link.connect(listenerFor(run), channels);
    });
    return started;
  };

  const stop: Desk["stop"] = () => {
    if (session.started === undefined) return session.stopping ?? Promise.resolve();
    round.run("stop", [], () => end("stop"));
    return session.close(link.disconnect());
  };

  const publicJournal: Journal = {
    dialect: link.dialect,
    keepEnded,
    recordFields: Object.assign({}, recordFields, ...kinds.map(({ fields }) => fields)) as RecordFields,
    now: clock.now,
    isQuiet: () => journal.isIdle && resync.isIdle,
    lastRead: () => resync.lastRead,
    running: () => operations.journaled(),
    dismissedIds: () => interactions.dismissedIds.keys(),
    subscribe: journal.observers.add,
  };

  return Object.freeze({
    connection: connection.handle,
    channels: state.channelList.readable,
    interactions: interactions.live.readable,
    invitations: interactions.invitations.readable,
    ended: interactions.ended.readable,
    anomalies: anomalies.readable,
    changes: { subscribe: (observer) => changeListeners.add(observer) },
    channel: (name) =>
      (state.channels.get(name) ?? round.run("channel", [name], () => state.channel(name))).handle,
    interaction: (id) => interactions.entities.get(id)?.view.handle,
    watch: (id) => interactions.watch(id),
    inspect: inspection.add,
    journal: publicJournal,
    start,
    stop,
    retain: createRetain({ start, stop }, options.clock),
  } satisfies Desk);
}
