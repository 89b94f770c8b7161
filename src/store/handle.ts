import type { AnyActor } from "xstate";
import { observed } from "./observed-actor.ts";
import type { Readable } from "./readable.ts";

/** What people hold of something that has a chart. */
class Handle implements Readable<object> {
  readonly getSnapshot: () => object;
  readonly subscribe: Readable<object>["subscribe"];
  readonly #chart: { readonly actor: AnyActor };

  constructor(chart: { readonly actor: AnyActor }, { getSnapshot, subscribe }: Readable<object>) {
    this.getSnapshot = getSnapshot;
    this.subscribe = subscribe;
    this.#chart = chart;
    // Frameworks wrap what can be extended in proxies of their own, which private fields do not bear.
    Object.preventExtensions(this);
  }

  get actor() {
    return observed(this.#chart.actor);
  }
}

/**
 * Makes a class of handles of which each of these properties reads the snapshot of the moment.
 *
 * @returns how one is made: from what has its actor, and what it reads
 */
export function handlesWith<Snapshot extends object, Result>(properties: readonly string[]) {
  class Own extends Handle {}
  for (const property of properties) {
    Object.defineProperty(Own.prototype, property, {
      enumerable: true,
      get(this: Handle) {
        return this.getSnapshot()[property as never];
      },
    });
  }
  return (chart: { readonly actor: AnyActor }, readable: Readable<Snapshot>): Result =>
    new Own(chart, readable) as Result;
}
