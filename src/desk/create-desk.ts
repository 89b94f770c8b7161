import type { AnyActor, InspectionEvent } from "xstate";
import { keepAnomalies } from "./anomalies.ts";
import { createChannel, type ChannelEntity } from "./entities/channel-entity.ts";
import type { EntityContext } from "./entities/entity-context.ts";
import { createConnection } from "./entities/connection-entity.ts";
import type { DeskChange, Desk } from "./desk.ts";
import { createRetain } from "./retain.ts";
import { Inspection } from "./inspection/inspection.ts";
import { createInteractionStore } from "./entities/interactions.ts";
import { createEffects, type JournalEvents } from "./journal.ts";
import type { Link, LinkListener } from "./link.ts";
import { createList } from "./lists.ts";
import { createOperationRunner } from "./operations/operation-runner.ts";
import { ListenerSet, type Observer } from "./readable-store.ts";
import { createResync } from "./resync.ts";
import type { Clock } from "../domain/clock.ts";
import type { ConnectionFact, StopReason } from "../domain/connection.ts";
import { DeskError } from "../domain/error.ts";
import * as errorText from "../domain/error-text.ts";
import type { ChannelFact } from "../domain/fact.ts";
import type { Random } from "../domain/random.ts";

/** The options of a desk, all of them set. */
export interface CoreOptions {
  readonly link: Link;
  readonly operationTimeout: number;
  readonly recoveryTimeout: number;
  readonly keepEnded: number;
  readonly keepAnomalies: number;
  readonly inspect: Observer<InspectionEvent> | undefined;
  readonly clock: Clock;
  readonly random: Random;
}

const defaultChannels = ["email", "chat"];

/** Puts a desk together: what it consists of, and what happens on each thing that its link tells. */
export function assembleDesk(options: CoreOptions): Desk {
  const { link, random, operationTimeout, recoveryTimeout, keepEnded } = options;
  const effects = createEffects(options.clock);
  const { anomalies, report } = keepAnomalies(effects, options.keepAnomalies);
  const changes = new ListenerSet<DeskChange>(report);
  let isLive = false;
  /** Raised by each start and stop, so that a link that was told to stop is no longer listened to. */
  let run = 0;
  let starting: { resolve: () => void; reject: (error: DeskError) => void } | undefined;
  let started: Promise<void> | undefined;
  let stopping: Promise<void> | undefined;

  const inspection = new Inspection(report, actors);
  const connection = createConnection(inspection, report);
  const channelCells = new Map<string, ChannelEntity>();
  const channels = createList(({ handle }: ChannelEntity) => handle, report);
  const resync = createResync({
    link,
    effects,
    random,
    report,
    merge: (list) => {
      for (const fact of list.reading.facts) if (fact.about === "channel") receiveChannel(fact);
      store.merge(list);
    },
  });
  const runner = createOperationRunner({
    link,
    effects,
    random,
    operationTimeout,
    recoveryTimeout,
    isLive: () => isLive,
    verify: resync.lookUp,
  });
  const host: Omit<EntityContext<never>, "changed"> = {
    rules: link.rules,
    runner,
    report,
    effects,
    inspection,
    isLive: () => isLive,
    lookUp: () => {
      if (isLive) resync.lookUp();
    },
  };
  const store = createInteractionStore(host, {
    keepEnded,
    changed: (cell) => {
      if (!changes.isEmpty) changes.notify({ about: "interaction", interaction: cell.view.handle });
    },
  });
  const channelHost: EntityContext<ChannelEntity> = {
    ...host,
    changed: (cell) => {
      effects.telling(() => {
        if (cell.notify()) changes.notify({ about: "channel", channel: cell.handle });
      });
    },
  };
  if (options.inspect !== undefined) inspection.add(options.inspect);

  function* actors(): Iterable<AnyActor> {
    yield connection.inspected();
    for (const cell of channelCells.values()) yield cell.inspected();
    for (const { inspected } of store.cells.values()) yield inspected;
  }

  function channel(name: string): ChannelEntity {
    let cell = channelCells.get(name);
    if (cell === undefined) channelCells.set(name, (cell = createChannel(name, channelHost)));
    return cell;
  }

  /** To ask for a channel does not list it: those who only read, as while a page is drawn, must change nothing. */
  function list(cell: ChannelEntity): void {
    if (!channels.set(cell, true)) return;
    effects.telling(channels.notify);
  }

  function receiveChannel(fact: ChannelFact): void {
    if (fact.channel === undefined) {
      for (const cell of channelCells.values()) cell.receive(fact);
      return;
    }
    const cell = channel(fact.channel);
    cell.receive(fact);
    list(cell);
  }

  function tell(fact: ConnectionFact): void {
    if (!connection.tell(fact)) return;
    const wasLive = isLive;
    isLive = connection.handle.state === "Live";
    effects.telling(() => {
      connection.notify();
      changes.notify({ about: "connection", connection: connection.handle });
    });
    if (wasLive !== isLive) {
      for (const cell of channelCells.values()) channelHost.changed(cell);
      store.notifyWatched();
    }
    if (isLive) {
      starting?.resolve();
      starting = undefined;
    }
  }

  function end(reason: StopReason): void {
    const own = ++run;
    started = undefined;
    tell({ type: "Stop", reason });
    runner.stop();
    if (own === run) resync.cancel();
    starting?.reject(startError(reason));
    starting = undefined;
  }

  function listenerFor(own: number): LinkListener {
    /** Ignores events of a previous run, and never lets an exception escape to the link. */
    const take = <Type extends keyof JournalEvents>(
      type: Type,
      payload: JournalEvents[Type],
      effect: () => void,
    ): void => {
      if (own === run) effects.take(type, payload, effect);
    };
    return {
      onFacts: (...payload) =>
        take("facts", payload, () => {
          const [facts, anomalies = []] = payload;
          for (const anomaly of anomalies) report(anomaly);
          for (const fact of facts) {
            if (fact.about === "channel") receiveChannel(fact);
            else {
              resync.noteArrival(fact);
              store.receive(fact);
            }
          }
        }),
      onAnomaly: (anomaly) => take("anomaly", [anomaly], () => report(anomaly)),
      onConnected: (details) =>
        take("connected", [details], () => {
          const { isAcknowledging } = details;
          tell({ type: "Connected", isAcknowledging });
          // A listener may have stopped the desk.
          if (own !== run) return;
          resync.catchUp(() => {
            tell({ type: "CaughtUp" });
            runner.caughtUp();
          });
        }),
      onDisconnected: (lossReason) =>
        take("disconnected", [lossReason], () => {
          tell({ type: "Lost", lossReason });
          if (own === run) resync.cancel();
        }),
      onStopped: (reason) => take("stopped", [reason], () => end(reason)),
    };
  }

  const start: Desk["start"] = ({ channels: names = defaultChannels } = {}) => {
    if (started !== undefined) return started;
    const own = ++run;
    const result = (started = new Promise((resolve, reject) => {
      starting = { resolve, reject };
    }));
    // Whoever does not wait for the start learns of its failure from `connection`, not from an unhandled rejection.
    result.catch(() => {});
    effects.take("start", [names], () => {
      for (const name of names) list(channel(name));
      tell({ type: "Start" });
      const begin = () => {
        if (own === run) link.connect(listenerFor(own), names);
      };
      if (stopping === undefined) begin();
      else void stopping.then(begin);
    });
    return result;
  };

  const stop: Desk["stop"] = () => {
    if (started === undefined) return stopping ?? Promise.resolve();
    effects.take("stop", [], () => end("stop"));
    stopping = link.disconnect().finally(() => {
      stopping = undefined;
    });
    return stopping;
  };

  return Object.freeze({
    connection: connection.handle,
    channels: channels.readable,
    interactions: store.live.readable,
    invitations: store.invitations.readable,
    ended: store.ended.readable,
    anomalies,
    changes: { subscribe: changes.add },
    channel: (name) =>
      channelCells.get(name)?.handle ?? effects.take("channel", [name], () => channel(name).handle),
    interaction: (id) => store.cells.get(id)?.view.handle,
    watch: store.watch,
    inspect: inspection.add,
    journal: {
      dialect: link.dialect,
      keepEnded,
      now: effects.clock.now,
      isQuiet: () => effects.isIdle() && resync.isIdle(),
      lastRead: resync.lastRead,
      running: runner.running,
      dismissedIds: () => store.forgotten.keys(),
      subscribe: effects.observers.add,
    },
    start,
    stop,
    retain: createRetain({ start, stop }, options.clock),
  } satisfies Desk);
}

function startError(reason: StopReason): DeskError {
  switch (reason) {
    case "authentication-failed":
      return new DeskError(reason, errorText.authentication());
    case "connection-refused":
      return new DeskError(reason, errorText.refused(), { retryable: true });
    case "stop":
      return new DeskError("stopped", errorText.stopped(), { retryable: true });
  }
}
