import type {
  ActorRefLike,
  AnyActor,
  InspectionEvent,
  Snapshot,
  Subscription as XStateSubscription,
} from "xstate";
import type { Report } from "../../domain/anomaly.ts";
import { observed } from "./observed-actor.ts";
import { ListenerSet, subscription, type Observer, type Subscription } from "../readable-store.ts";

/**
 * Who looks on while the charts run. While nobody does, the charts are not even told of all that happens; whoever
 * comes late is told first which actors live and in what state each is. They get actors that can be looked at; nobody
 * can send to them.
 */
export class Inspection {
  readonly #report: Report;
  readonly #actors: () => Iterable<AnyActor>;
  readonly #observers: ListenerSet<InspectionEvent>;
  readonly #followed = new Map<AnyActor, Followed>();

  /** @param actors - makes and gives the actor of every chart that runs */
  constructor(report: Report, actors: () => Iterable<AnyActor>) {
    this.#report = report;
    this.#actors = actors;
    this.#observers = new ListenerSet(report);
  }

  get isOn(): boolean {
    return !this.#observers.isEmpty;
  }

  readonly add = (observer: Observer<InspectionEvent>): Subscription => {
    const own = new ListenerSet<InspectionEvent>(this.#report);
    own.add(observer);
    const tell = (event: InspectionEvent) => own.notify(event);
    // Those that others follow already are announced to this observer alone, any other by being followed.
    const known = [...this.#followed.values()];
    const end = this.#observers.add(tell);
    for (const { outside } of known) announce(outside, tell);
    for (const actor of this.#actors()) {
      if (!this.#followed.has(actor)) announce(this.#follow(actor), (event) => this.#observers.notify(event));
    }
    return subscription(() => {
      end();
      if (this.isOn) return;
      for (const { following, left } of this.#followed.values()) {
        following.unsubscribe();
        left?.();
      }
      this.#followed.clear();
    });
  };

  /**
   * Starts an actor, before the eyes of those who look.
   *
   * @param left - called when nobody looks any more
   */
  start(actor: AnyActor, left?: () => void): void {
    if (this.isOn) {
      const actorRef = this.#follow(actor, left);
      this.#observers.notify({ type: "@xstate.actor", actorRef, rootId: actor.sessionId });
    }
    actor.start();
  }

  /** This actor does nothing any more. */
  forget(actor: AnyActor): void {
    this.#followed.get(actor)?.following.unsubscribe();
    this.#followed.delete(actor);
  }

  #follow(actor: AnyActor, left?: () => void): ActorRefLike {
    const outside = outsideOf(actor, this.#report);
    const tell = (event: InspectionEvent) => this.#observers.notify({ ...event, actorRef: outside });
    this.#followed.set(actor, { outside, following: actor.system.inspect(tell), left });
    return outside;
  }
}

/** An actor of which those who look are told. */
interface Followed {
  /** What they are given of it. */
  readonly outside: ActorRefLike;
  readonly following: XStateSubscription;
  readonly left: (() => void) | undefined;
}

/** What tools read of an actor. It lacks what XState's type promises besides: whoever looks on has nothing to send. */
function outsideOf(actor: AnyActor, report: Report): ActorRefLike {
  return Object.freeze({
    ...observed(actor, report),
    logic: actor.logic as unknown,
  }) as unknown as ActorRefLike;
}

/** Tells what XState would have told if somebody had looked from the beginning: that the actor is there, and its state. */
function announce(actorRef: ActorRefLike, tell: (event: InspectionEvent) => void): void {
  const about = { actorRef, rootId: actorRef.sessionId };
  tell({ type: "@xstate.actor", ...about });
  tell({
    type: "@xstate.snapshot",
    ...about,
    event: { type: "xstate.init" },
    snapshot: actorRef.getSnapshot() as Snapshot<unknown>,
  });
}
