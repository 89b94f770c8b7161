import type { AnyActor } from "xstate";
import type { Report } from "../../domain/anomaly.ts";
import { observed } from "../inspection/observed-actor.ts";
import type { ReadableStore } from "../readable-store.ts";

/** What people hold of something that has a chart. */
class PublicView implements ReadableStore<object> {
  readonly getSnapshot: () => object;
  readonly subscribe: ReadableStore<object>["subscribe"];
  readonly #chart: { readonly actor: AnyActor };
  readonly #report: Report;

  constructor(
    chart: { readonly actor: AnyActor },
    { getSnapshot, subscribe }: ReadableStore<object>,
    report: Report,
  ) {
    this.getSnapshot = getSnapshot;
    this.subscribe = subscribe;
    this.#chart = chart;
    this.#report = report;
    // Frameworks wrap what can be extended in proxies of their own, which private fields do not bear.
    Object.preventExtensions(this);
  }

  get actor() {
    return observed(this.#chart.actor, this.#report);
  }
}

/**
 * Makes a class of handles of which each of these properties reads the snapshot of the moment.
 *
 * @returns how one is made: from what has its actor, what it reads, and who is told when an observer of the actor throws
 */
export function definePublicView<Snapshot extends object, Result>(properties: readonly string[]) {
  class Own extends PublicView {}
  for (const property of properties) {
    Object.defineProperty(Own.prototype, property, {
      enumerable: true,
      get(this: PublicView) {
        return this.getSnapshot()[property as never];
      },
    });
  }
  return (chart: { readonly actor: AnyActor }, readable: ReadableStore<Snapshot>, report: Report): Result =>
    new Own(chart, readable, report) as Result;
}
