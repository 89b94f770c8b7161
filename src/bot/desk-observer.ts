import type { Channel, Clock, ConnectionSnapshot, Desk, Interaction, InteractionState } from "../index.ts";
import type { Emit } from "./bot-event.ts";

interface ObservedInteraction {
  readonly state: InteractionState;
  readonly since: number;
  /** When it was offered last. */
  readonly offeredAt: number;
}

/** Emits the changes of a desk, whatever caused them. @returns a function that ends it */
export function observeDesk(desk: Desk, clock: Clock, emit: Emit): () => void {
  const startedAt = clock.now();
  const interactions = new Map<string, ObservedInteraction>();
  const readiness = new Map<string, string>();
  let anomalies = desk.anomalies.total();
  let lostAt: number | undefined;
  let wasLive = false;

  const onConnection = ({ state, lossReason }: ConnectionSnapshot): void => {
    const now = clock.now();
    if (state === "Live" && !wasLive) {
      wasLive = true;
      emit({ type: "connected", duration: now - startedAt });
    } else if (state === "Live" && lostAt !== undefined) {
      emit({ type: "reconnected", duration: now - lostAt });
      lostAt = undefined;
    } else if (state !== "Live" && state !== "Stopped" && wasLive && lostAt === undefined) {
      lostAt = now;
      emit({ type: "lost", lossReason });
    }
  };
  const onChannel = ({ name, state, reason }: Channel): void => {
    const current = `${state} ${reason}`;
    // A channel also changes when an operation on it is pending.
    if (readiness.get(name) === current || state === "Unknown") return;
    readiness.set(name, current);
    emit({ type: "readiness", channel: name, state, reason });
  };
  const onInteraction = ({ id, channel, state, isEnded, outcome }: Interaction): void => {
    const now = clock.now();
    const before = interactions.get(id);
    if (isEnded) {
      // The outcome may not be known yet; then there will be another change.
      if (before === undefined || outcome === null) return;
      interactions.delete(id);
      emit({ type: "ended", id, channel, outcome, from: before.state, duration: now - before.since });
      return;
    }
    if (before?.state === state) return;
    const { since = now, offeredAt = now } = before ?? {};
    const isOffer = state === "Invited";
    interactions.set(id, { state, since, offeredAt: isOffer ? now : offeredAt });
    if (isOffer) emit({ type: "offered", id, channel });
    if (state === "Accepted" && before?.state === "Invited") {
      emit({ type: "accepted", id, channel, duration: now - offeredAt });
    }
  };

  const ends = [
    desk.changes.subscribe((change) => {
      if (change.about === "connection") onConnection(change.connection);
      else if (change.about === "channel") onChannel(change.channel);
      else onInteraction(change.interaction);
    }),
    desk.anomalies.subscribe((all) => {
      const added = desk.anomalies.total() - anomalies;
      anomalies += added;
      for (const { code, id } of added > 0 ? all.slice(-added) : []) {
        emit({ type: "anomaly", code, ...(id === undefined ? {} : { id }) });
      }
    }),
  ];
  onConnection(desk.connection.getSnapshot());
  desk.interactions.getSnapshot().forEach(onInteraction);
  return () => ends.forEach((end) => end());
}
