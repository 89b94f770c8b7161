import type { Report } from "../domain/anomaly.ts";
import { recordFields } from "../domain/record.ts";
import type { RecordFields } from "../domain/record-field.ts";
import { guardKind } from "../kinds/guard-kind.ts";
import type { InteractionKind } from "../kinds/kind.ts";
import { standardKinds, type StandardKinds } from "../kinds/standard-kinds.ts";
import type { ServerOperations, StandardOperations, VocabularyOf } from "../kinds/vocabulary.ts";
import { AnomalyLog } from "./anomalies.ts";
import { completeOptions, type CompleteOptions } from "./desk-options.ts";
import type { Desk, DeskChange, DeskOptions } from "./desk.ts";
import { ConnectionEntity } from "./entities/connection-entity.ts";
import { createDeskModel } from "./entities/desk-model.ts";
import { createInteractionView } from "./entities/interaction-snapshot.ts";
import { Interactions } from "./entities/interactions.ts";
import { showInNode } from "./entities/public-view.ts";
import type { Delivery } from "./inspection/delivery.ts";
import { Inspection } from "./inspection/inspection.ts";
import { JournalWriter, type JournaledClock } from "./journal.ts";
import { RequestedOperations } from "./operations/operations.ts";
import { createOperationRunner, type OperationRunner } from "./operations/runner.ts";
import { ListenerSet } from "./readable-store.ts";
import { Resync } from "./resync.ts";
import { createRetain } from "./retain.ts";
import { Round } from "./round.ts";
import { createSession, type Session } from "./session.ts";
import { createState, type DeskState } from "./state.ts";

/**
 * Creates a desk. It does nothing until it is started.
 *
 * @throws DeskError `invalid-options`
 */
export function createDesk<
  Server extends ServerOperations = StandardOperations,
  const Kinds extends readonly InteractionKind[] = StandardKinds,
>(options: DeskOptions<Server, Kinds>): Desk<VocabularyOf<Kinds, Server>> {
  const desk: object = assembleDesk(completeOptions(options));
  // The types of the kinds and of the server exist at compile time only.
  return desk as Desk<VocabularyOf<Kinds, Server>>;
}

/** Assembles a desk. Each part is given those that it calls; of others it learns by the round. */
function assembleDesk(options: CompleteOptions): Desk {
  const { link, keepEnded } = options;
  const journal = new JournalWriter(options.clock);
  const clock: JournaledClock = {
    now: () => journal.now(),
    setTimeout: (run, ms, name = "") =>
      (options.clock as JournaledClock).setTimeout(() => round.run("timer", [name], run), ms, name),
    clearTimeout: (timer) => options.clock.clearTimeout(timer),
  };
  const delivery: Delivery = {
    report: (anomaly) => round.run("listenerFailed", [], () => state.report(anomaly)),
    defer: (call) => (journal.isIdle ? call() : round.deliver(call)),
  };
  const changes = new ListenerSet<DeskChange>(delivery.report);
  const round: Round = new Round({
    journal,
    changes,
    readList: () => session.readList(),
    continueLater: () => clock.setTimeout(() => {}, 0, "notify"),
  });
  // A listener to anomalies that throws is an anomaly too; it is kept, but listeners are not notified of it, or that
  // would never end.
  const anomalies = new AnomalyLog(clock.now, options.keepAnomalies, (anomaly) =>
    round.run("listenerFailed", [], () => anomalies.add(anomaly)),
  );
  const inspection: Inspection = new Inspection(delivery, () => state.actors());
  const connection: ConnectionEntity = new ConnectionEntity(inspection);
  const interactions = new Interactions(round, delivery.report, keepEnded);
  const operations = new RequestedOperations(clock);
  const resync = new Resync(clock, options.random);
  // While the desk reduces, the anomaly belongs to what is reduced; a snapshot can be read at any other time too.
  const reportKind: Report = (anomaly) => (journal.isIdle ? delivery.report(anomaly) : state.report(anomaly));
  const guarded = (kind: InteractionKind) => guardKind(kind, reportKind);
  const kinds = options.kinds === standardKinds ? standardKinds : options.kinds.map(guarded);
  const model = createDeskModel(kinds, {
    createView: createInteractionView(options.kinds),
    rules: link.rules,
    inspection,
    connection,
    perform: (...operation) => runner.perform(...operation),
    dismiss: (id) => {
      const entity = interactions.entities.get(id);
      return round.run("dismiss", [id], () => entity !== undefined && state.dismiss(entity));
    },
  });
  const parts = { journal, round, connection, interactions, operations, resync, anomalies, model };
  const state: DeskState = createState(parts);
  const runner: OperationRunner = createOperationRunner({ ...options, ...parts, clock, state });
  const session: Session = createSession({ ...parts, link, state, runner });
  if (options.inspect !== undefined) inspection.add(options.inspect);

  const desk: Desk = {
    connection: connection.handle,
    channels: state.channelList.store.readable,
    interactions: interactions.live.store.readable,
    invitations: interactions.invitations.store.readable,
    ended: interactions.ended.store.readable,
    anomalies: anomalies.readable,
    changes: { subscribe: (observer) => changes.add(observer) },
    channel: (name) =>
      (state.channels.get(name) ?? round.run("channel", [name], () => state.channel(name))).handle,
    interaction: (id) => interactions.entities.get(id)?.view.handle,
    watch: (id) => interactions.watch(id),
    inspect: inspection.add,
    journal: {
      dialect: link.dialect,
      keepEnded,
      recordFields: Object.assign({}, recordFields, ...kinds.map(({ fields }) => fields)) as RecordFields,
      now: clock.now,
      isQuiet: () => journal.isIdle && resync.isIdle,
      lastRead: () => resync.lastRead,
      running: () => operations.journaled(),
      dismissedIds: () => interactions.dismissedIds.keys(),
      subscribe: (observer) => journal.observers.add(observer),
    },
    start: session.start,
    stop: session.stop,
    retain: createRetain(session, options.clock),
  };
  showInNode(desk, "Desk", () => ({
    connection: connection.handle.state,
    channels: [...state.channels.keys()],
    interactions: interactions.live.size,
    invitations: interactions.invitations.size,
    ended: interactions.ended.size,
    anomalies: anomalies.readable.total(),
  }));
  return Object.freeze(desk);
}
