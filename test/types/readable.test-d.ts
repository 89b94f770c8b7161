import type { AnyActorRef } from "xstate";
import type {
  Anomaly,
  ChannelSnapshot,
  InteractionOf,
  SnapshotOf,
  ConnectionSnapshot,
  Desk,
  Interaction,
  ReadableStore,
} from "../../src/index.ts";

// Checked by `npm run types`: everything readable has the shapes that React, Vue and XState's own hooks ask for.

/** As React declares it. */
declare function useSyncExternalStore<Snapshot>(
  subscribe: (onStoreChange: () => void) => () => void,
  getSnapshot: () => Snapshot,
): Snapshot;

/** As `useSelector` of `@xstate/react` and `@xstate/vue` declare what they take. */
declare function useSelector<Actor extends Pick<AnyActorRef, "subscribe" | "getSnapshot">, Selected>(
  actor: Actor,
  selector: (snapshot: ReturnType<Actor["getSnapshot"]>) => Selected,
): Selected;

export function reactTakesBothFunctionsAlone(desk: Desk, chat: InteractionOf<"chat">): void {
  const interactions: readonly Interaction[] = useSyncExternalStore(
    desk.interactions.subscribe,
    desk.interactions.getSnapshot,
  );
  const connection: ConnectionSnapshot = useSyncExternalStore(
    desk.connection.subscribe,
    desk.connection.getSnapshot,
  );
  const channel: ChannelSnapshot = useSyncExternalStore(
    desk.channel("chat").subscribe,
    desk.channel("chat").getSnapshot,
  );
  const snapshot: SnapshotOf<"chat"> = useSyncExternalStore(chat.subscribe, chat.getSnapshot);
  const anomalies: readonly Anomaly[] = useSyncExternalStore(
    desk.anomalies.subscribe,
    desk.anomalies.getSnapshot,
  );
  void [interactions, connection, channel, snapshot, anomalies];
}

export function anXStateSelectorTakesTheReadables(desk: Desk, chat: InteractionOf<"chat">): void {
  const state: "Offline" | "Connecting" | "CatchingUp" | "Live" | "Recovering" | "Stopped" = useSelector(
    desk.connection,
    (snapshot) => snapshot.state,
  );
  const canSend: boolean = useSelector(chat, ({ actions }) => actions.Send !== undefined);
  const count: number = useSelector(desk.invitations, (invitations) => invitations.length);
  // @ts-expect-error a snapshot of a chat has no email
  useSelector(chat, ({ email }) => email);
  void [state, canSend, count];
}

export function aSubscriptionEndsAsAFunctionOrByItsMethod(readable: ReadableStore<number>): void {
  const subscription = readable.subscribe((value) => value.toFixed());
  subscription();
  subscription.unsubscribe();
  const end: () => void = subscription;
  const closable: { unsubscribe(): void } = subscription;
  void [end, closable];
}

export function anObserverIsAFunctionOrAnObjectWithNext(desk: Desk): void {
  desk.interactions.subscribe((interactions) => interactions.map(({ id }) => id));
  desk.interactions.subscribe({ next: ([first]) => first?.id });
  desk.interactions.subscribe({});
  // @ts-expect-error an observer of something else
  desk.interactions.subscribe((connection: ConnectionSnapshot) => connection.state);
  // @ts-expect-error nothing that observes
  desk.interactions.subscribe("interactions");
}

export function aChangeNamesItsSubject(desk: Desk): void {
  desk.changes.subscribe((change) => {
    if (change.about === "interaction") return void change.interaction.id;
    if (change.about === "channel") return void change.channel.name;
    // @ts-expect-error what is left is about the connection
    void change.interaction;
    return void change.connection.state;
  });
}

export function anActorIsSeenNotCommanded(chat: InteractionOf<"chat">): void {
  void chat.actor.getSnapshot().context.capabilities;
  chat.actor.subscribe(({ value }) => value).unsubscribe();
  // @ts-expect-error
  chat.actor.stop();
}
