import type { AnyActor } from "xstate";
import type { Delivery } from "../inspection/delivery.ts";
import { observed } from "../inspection/observed-actor.ts";
import type { ReadableStore } from "../readable-store.ts";

/** Something that has a chart. */
export interface Charted {
  readonly actor: AnyActor;
}

/** The handle that callers have of something with a chart. */
class PublicView implements ReadableStore<object> {
  readonly getSnapshot: () => object;
  readonly subscribe: ReadableStore<object>["subscribe"];
  readonly #charted: Charted;
  readonly #delivery: Delivery;

  constructor(charted: Charted, { getSnapshot, subscribe }: ReadableStore<object>, delivery: Delivery) {
    this.getSnapshot = getSnapshot;
    this.subscribe = subscribe;
    this.#charted = charted;
    this.#delivery = delivery;
    // Frameworks wrap extensible objects in proxies of their own, which break private fields.
    Object.preventExtensions(this);
  }

  get actor() {
    return observed(this.#charted.actor, this.#delivery);
  }
}

/** Creates the public view of something, from where its actor is, what is read, and how observers of the actor are called. */
export type CreateView<Snapshot extends object, View> = (
  charted: Charted,
  readable: ReadableStore<Snapshot>,
  delivery: Delivery,
) => View;

/**
 * Defines a class of public views of which each of these properties reads the present snapshot.
 *
 * @param shown - the properties that `console.log` shows in Node: never customer data.
 */
export function definePublicView<Snapshot extends object, View>(
  label: string,
  properties: readonly string[],
  shown: readonly string[],
): CreateView<Snapshot, View> {
  class Own extends PublicView {}
  for (const property of properties) {
    Object.defineProperty(Own.prototype, property, {
      enumerable: true,
      get(this: PublicView) {
        return propertyOf(this.getSnapshot(), property);
      },
    });
  }
  showInNode(Own.prototype, label, (view) =>
    Object.fromEntries(
      shown.map((property) => {
        const value = propertyOf(view, property);
        return [property, property === "actions" ? Object.keys(value as object) : value];
      }),
    ),
  );
  return (charted, readable, delivery) => new Own(charted, readable, delivery) as View;
}

/** Lets `console.log` show a summary in Node; browsers do not know the method. */
export function showInNode(target: object, label: string, summary: (shown: object) => object): void {
  Object.defineProperty(target, Symbol.for("nodejs.util.inspect.custom"), {
    value(this: object, _depth: number, options: object, inspect: (value: object, how: object) => string) {
      return `${label} ${inspect(summary(this), options)}`;
    },
  });
}

function propertyOf(view: object, property: string): unknown {
  return (view as Readonly<Record<string, unknown>>)[property];
}
