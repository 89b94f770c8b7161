import type { AnyMachineSnapshot, InspectionEvent } from "xstate";
import type { AnySnapshot, Desk, Observer, StandardVocabulary, Subscription, Vocabulary } from "../index.ts";

/** An inspector of `@statelyai/inspect`, or any observer of XState's inspection events. */
export type Inspector = { readonly inspect: Observer<InspectionEvent> } | Observer<InspectionEvent>;

/** Whose chart it is: `id` is that of the interaction, the name of the channel, or `connection`. */
export interface InspectedActor {
  /** The name of the chart: `connection`, `channel`, or that of a kind of interaction. */
  readonly chart: string;
  readonly id: string;
}

/** What an inspector is told. */
export interface InspectOptions<Words extends Vocabulary = StandardVocabulary> {
  /** Tells only of these actors; default all. Asked for each event. */
  readonly only?: (actor: InspectedActor) => boolean;
  /**
   * A redactor: gives what may be shown of what is known of an interaction. It is shown as `data` in the context of the
   * interaction's `@xstate.snapshot` events, as far as JSON can hold it. When it throws, there is no `data`, and the
   * desk has a `listener-failed` anomaly. Without a redactor nothing that a customer said or is can be seen.
   */
  readonly data?: (snapshot: AnySnapshot<Words>) => unknown;
}

/**
 * Tells an inspector what the statecharts of a desk do: first which actors live and in what state each is, then what
 * happens. An inspector that cannot run here, such as a browser's on a server, is told nothing, at no cost.
 *
 * @returns detaches: nothing more is told, and the desk costs again what it does uninspected.
 */
export function inspectDesk<Words extends Vocabulary>(
  desk: Desk<Words>,
  inspector: Inspector,
  options: InspectOptions<Words> = {},
): Subscription {
  const { only, data } = options;
  const tell = tellerOf(inspector);
  let isAttached = tell !== undefined;
  const addData = (event: InspectionEvent, { chart, id }: InspectedActor): InspectionEvent => {
    if (event.type !== "@xstate.snapshot" || chart === "connection" || chart === "channel") return event;
    const snapshot = desk.watch(id).getSnapshot();
    return snapshot === undefined ? event : withData(event, data?.(snapshot));
  };
  const tellWithData = async (event: InspectionEvent, actor: InspectedActor): Promise<void> => {
    // While a chart moves, the rest of its interaction has yet to follow.
    await Promise.resolve();
    if (!isAttached) return;
    let shown = event;
    try {
      shown = addData(event, actor);
    } finally {
      await tell?.(shown);
    }
  };
  const observe = (event: InspectionEvent): unknown => {
    const actor = actorOf(event);
    if (only !== undefined && !only(actor)) return undefined;
    // The desk reports what is thrown here, and the rejection of what is returned.
    return data === undefined ? tell?.(event) : tellWithData(event, actor);
  };
  const leave = isAttached ? desk.inspect(observe) : undefined;
  const unsubscribe = () => {
    isAttached = false;
    leave?.();
  };
  return Object.assign(unsubscribe, { unsubscribe });
}

function tellerOf(inspector: Inspector): ((event: InspectionEvent) => unknown) | undefined {
  const observer = "inspect" in inspector ? inspector.inspect : inspector;
  if (typeof observer === "function") return observer;
  return observer.next === undefined ? undefined : (event) => observer.next?.(event);
}

function actorOf({ actorRef }: InspectionEvent): InspectedActor {
  const { id, logic } = actorRef as unknown as { id: string; logic: { id: InspectedActor["chart"] } };
  return { chart: logic.id, id };
}

/** The event with this in the context of its snapshot: a copy, so that what changes or can be called later is not in it. */
function withData(event: InspectionEvent & { type: "@xstate.snapshot" }, data: unknown): InspectionEvent {
  if (data instanceof Promise) {
    data.catch(() => {});
    throw new TypeError("A redactor gives what may be shown at once, not a promise.");
  }
  const text = JSON.stringify(data) as string | undefined;
  if (text === undefined) return event;
  const snapshot = event.snapshot as AnyMachineSnapshot;
  const context: unknown = { ...(snapshot.context as object), data: JSON.parse(text) as unknown };
  const shown = { ...snapshot, context };
  return { ...event, snapshot: shown };
}
