import type { Actor, AnyMachineSnapshot, AnyStateMachine, InspectionEvent } from "xstate";
import type { AnySnapshot, Desk, Observer, StandardVocabulary, Subscription, Vocabulary } from "../index.ts";

/** An inspector of `@statelyai/inspect`, or any observer of XState's inspection events. */
export type Inspector = { readonly inspect: Observer<InspectionEvent> } | Observer<InspectionEvent>;

/** The owner of a chart: `id` is that of the interaction, the name of the channel, or `connection`. */
export interface InspectedActor {
  /** The name of the chart: `connection`, `channel`, or that of a kind of interaction. */
  readonly chart: string;
  readonly id: string;
}

/** The options of {@link inspectDesk}. */
export interface InspectOptions<Words extends Vocabulary = StandardVocabulary> {
  /** Returns whether the inspector receives the events of this actor; default all. Called for each event. */
  readonly only?: (actor: InspectedActor) => boolean;
  /**
   * A redactor: returns the data of an interaction that an inspector may show. It is added as `data` to the context of the
   * interaction's `@xstate.snapshot` events, as far as JSON can hold it. When it throws, there is no `data`, and the
   * desk has a `listener-failed` anomaly. Without a redactor an inspector receives no data of customers.
   */
  readonly data?: (snapshot: AnySnapshot<Words>) => unknown;
}

/**
 * Sends the events of a desk's statecharts to an inspector: first the live actors with their states, then every event.
 * An inspector that cannot run here, such as a browser's on a server, receives nothing, at no cost.
 *
 * @returns detaches the inspector: it receives no more events, and the desk has no more cost for it.
 */
export function inspectDesk<Words extends Vocabulary>(
  desk: Desk<Words>,
  inspector: Inspector,
  options: InspectOptions<Words> = {},
): Subscription {
  const { only, data } = options;
  const send = observerOf(inspector);
  if (send === undefined) return subscription(() => {});
  let isAttached = true;
  const addData = (event: InspectionEvent, { chart, id }: InspectedActor): InspectionEvent => {
    if (event.type !== "@xstate.snapshot" || chart === "connection" || chart === "channel") return event;
    const snapshot = desk.watch(id).getSnapshot();
    return snapshot === undefined ? event : withData(event, data?.(snapshot));
  };
  const sendWithData = async (event: InspectionEvent, actor: InspectedActor): Promise<void> => {
    // While a chart moves, the rest of its interaction has yet to follow.
    await Promise.resolve();
    if (!isAttached) return;
    let shown = event;
    try {
      shown = addData(event, actor);
    } finally {
      await send(shown);
    }
  };
  const detach = desk.inspect((event): unknown => {
    const actor = actorOf(event);
    if (only !== undefined && !only(actor)) return undefined;
    // The desk reports exceptions that are thrown here, and the rejection of a returned promise.
    return data === undefined ? send(event) : sendWithData(event, actor);
  });
  return subscription(() => {
    isAttached = false;
    detach();
  });
}

function subscription(unsubscribe: () => void): Subscription {
  return Object.assign(unsubscribe, { unsubscribe });
}

function observerOf(inspector: Inspector): ((event: InspectionEvent) => unknown) | undefined {
  const observer = "inspect" in inspector ? inspector.inspect : inspector;
  if (typeof observer === "function") return observer;
  return observer.next === undefined ? undefined : (event) => observer.next?.(event);
}

function actorOf({ actorRef }: InspectionEvent): InspectedActor {
  const { id, logic } = actorRef as Actor<AnyStateMachine>;
  return { chart: logic.id, id };
}

/** Returns the event with this data in the context of its snapshot: a copy without functions, which does not change later. */
function withData(event: InspectionEvent & { type: "@xstate.snapshot" }, data: unknown): InspectionEvent {
  if (data instanceof Promise) {
    data.catch(() => {});
    throw new TypeError("A redactor must return its result synchronously, not a promise.");
  }
  const text = JSON.stringify(data) as string | undefined;
  if (text === undefined) return event;
  const snapshot = event.snapshot as AnyMachineSnapshot;
  const context: unknown = { ...(snapshot.context as object), data: JSON.parse(text) as unknown };
  const shown = { ...snapshot, context };
  return { ...event, snapshot: shown };
}
