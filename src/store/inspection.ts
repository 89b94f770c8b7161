import type { AnyActor, InspectionEvent, Subscription as XStateSubscription } from "xstate";
import type { Report } from "../domain/anomaly.ts";
import { Observers, type Observer, type Subscription } from "./readable.ts";

/**
 * Who looks on while the charts run. While nobody does, the charts are not even told of all that happens; whoever
 * comes late is told first which actors live and in what state each is.
 */
export class Inspection {
  readonly #report: Report;
  readonly #actors: () => Iterable<AnyActor>;
  readonly #observers: Observers<InspectionEvent>;
  readonly #followed = new Map<AnyActor, XStateSubscription>();

  /** @param actors - makes and gives the actor of every chart that runs */
  constructor(report: Report, actors: () => Iterable<AnyActor>) {
    this.#report = report;
    this.#actors = actors;
    this.#observers = new Observers(report);
  }

  get isOn(): boolean {
    return !this.#observers.isEmpty;
  }

  readonly add = (observer: Observer<InspectionEvent>): Subscription => {
    const own = new Observers<InspectionEvent>(this.#report);
    own.add(observer);
    // Those that others follow already are announced to this observer alone, any other by being followed.
    const known = [...this.#followed.keys()];
    const end = this.#observers.add(own.notify);
    for (const actor of known) announce(actor, own.notify);
    for (const actor of this.#actors()) {
      if (this.#followed.has(actor)) continue;
      announce(actor, this.#observers.notify);
      this.#follow(actor);
    }
    const unsubscribe = () => {
      end();
      if (this.isOn) return;
      for (const followed of this.#followed.values()) followed.unsubscribe();
      this.#followed.clear();
    };
    return Object.assign(unsubscribe, { unsubscribe });
  };

  /** Starts an actor, before the eyes of those who look. */
  start(actor: AnyActor): void {
    if (this.isOn) {
      this.#observers.notify({ type: "@xstate.actor", actorRef: actor, rootId: actor.sessionId });
      this.#follow(actor);
    }
    actor.start();
  }

  /** This actor does nothing any more. */
  forget(actor: AnyActor): void {
    this.#followed.get(actor)?.unsubscribe();
    this.#followed.delete(actor);
  }

  #follow(actor: AnyActor): void {
    this.#followed.set(actor, actor.system.inspect(this.#observers.notify));
  }
}

/** Tells what XState would have told if somebody had looked from the beginning: that the actor is there, and its state. */
function announce(actor: AnyActor, tell: (event: InspectionEvent) => void): void {
  const about = { actorRef: actor, rootId: actor.sessionId };
  tell({ type: "@xstate.actor", ...about });
  tell({
    type: "@xstate.snapshot",
    ...about,
    event: { type: "xstate.init" },
    snapshot: actor.getSnapshot(),
  });
}
