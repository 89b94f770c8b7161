import type {
  ActorRefLike,
  AnyActor,
  InspectionEvent,
  Snapshot,
  Subscription as XStateSubscription,
} from "xstate";
import { ListenerSet, subscription, type Observer, type Subscription } from "../readable-store.ts";
import type { Delivery } from "./delivery.ts";
import { observed } from "./observed-actor.ts";

/**
 * The inspectors of a desk's charts. While there are none, the charts do not even receive all that happens; an inspector
 * that attaches later first receives which actors live and in what state each is. Inspectors get actors that can be
 * looked at; they cannot send to them. They are called when the desk has finished what it is doing.
 */
export class Inspection {
  readonly delivery: Delivery;
  readonly #actors: () => Iterable<AnyActor>;
  readonly #inspectors: ListenerSet<InspectionEvent>;
  readonly #followed = new Map<AnyActor, Followed>();
  /** Calls that wait until the actors that are being made have started. */
  #waiting: (() => void)[] = [];
  #isMaking = false;

  /** @param actors - creates and returns the actor of every chart that runs */
  constructor(delivery: Delivery, actors: () => Iterable<AnyActor>) {
    this.delivery = delivery;
    this.#actors = actors;
    this.#inspectors = new ListenerSet(delivery.report);
  }

  get isOn(): boolean {
    return !this.#inspectors.isEmpty;
  }

  readonly add = (observer: Observer<InspectionEvent>): Subscription => {
    const own = new ListenerSet<InspectionEvent>(this.delivery.report);
    const endOwn = own.add(observer);
    const notify = (event: InspectionEvent) => own.notify(event);
    // Actors that others follow already are announced to this inspector alone, any other by being followed.
    const known = [...this.#followed.values()];
    const end = this.#inspectors.add(notify);
    this.#making(() => {
      for (const { outside } of known) announce(outside, (event) => this.#deliver(() => notify(event)));
      for (const actor of this.#actors()) {
        if (!this.#followed.has(actor)) announce(this.#follow(actor), (event) => this.#notify(event));
      }
    });
    return subscription(() => {
      endOwn();
      end();
      if (this.isOn) return;
      for (const { following, onLeft } of this.#followed.values()) {
        following.unsubscribe();
        onLeft?.();
      }
      this.#followed.clear();
    });
  };

  /**
   * Starts an actor, so that inspectors follow it from its start.
   *
   * @param onLeft - called when the last inspector detaches
   */
  start(actor: AnyActor, onLeft?: () => void): void {
    this.#making(() => {
      if (this.isOn) {
        const actorRef = this.#follow(actor, onLeft);
        this.#notify({ type: "@xstate.actor", actorRef, rootId: actor.sessionId });
      }
      actor.start();
    });
  }

  /** Stops following an actor, because it does nothing any more. */
  forget(actor: AnyActor): void {
    this.#followed.get(actor)?.following.unsubscribe();
    this.#followed.delete(actor);
  }

  #follow(actor: AnyActor, onLeft?: () => void): ActorRefLike {
    const outside = outsideOf(actor, this.delivery);
    const following = actor.system.inspect((event) => this.#notify({ ...event, actorRef: outside }));
    this.#followed.set(actor, { outside, following, onLeft });
    return outside;
  }

  #notify(event: InspectionEvent): void {
    this.#deliver(() => this.#inspectors.notify(event));
  }

  #deliver(call: () => void): void {
    if (this.#isMaking) this.#waiting.push(call);
    else this.delivery.defer(call);
  }

  /** Makes actors, and lets inspectors know of them when they have started. */
  #making(make: () => void): void {
    const isOutermost = !this.#isMaking;
    this.#isMaking = true;
    make();
    if (!isOutermost) return;
    this.#isMaking = false;
    const calls = this.#waiting;
    this.#waiting = [];
    for (const call of calls) this.delivery.defer(call);
  }
}

/** An actor that inspectors follow. */
interface Followed {
  /** The actor as they see it. */
  readonly outside: ActorRefLike;
  readonly following: XStateSubscription;
  readonly onLeft: (() => void) | undefined;
}

/** Returns the part of an actor that tools read. It lacks the rest of XState's type: an inspector has nothing to send. */
function outsideOf(actor: AnyActor, delivery: Delivery): ActorRefLike {
  const outside: object = Object.freeze({ ...observed(actor, delivery), logic: actor.logic as unknown });
  return outside as ActorRefLike;
}

/** Sends what XState would have sent to an inspector from the beginning: that the actor is there, and its state. */
function announce(actorRef: ActorRefLike, send: (event: InspectionEvent) => void): void {
  const about = { actorRef, rootId: actorRef.sessionId };
  send({ type: "@xstate.actor", ...about });
  send({
    type: "@xstate.snapshot",
    ...about,
    event: { type: "xstate.init" },
    snapshot: actorRef.getSnapshot() as Snapshot<unknown>,
  });
}
