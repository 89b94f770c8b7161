import { isObject } from "./anomaly.ts";
import { arraysEqual } from "./arrays.ts";

/**
 * Shares what many interactions of a desk have in common: lists of names, which one routing strategy gives to all its
 * interactions, and whole objects such as queues.
 */
export class InternPool {
  readonly #namesByLength: (readonly string[])[] = [];
  readonly #objects = new Map<string, SharedObject<object>>();

  /** Returns a list of these names that others may hold as well. */
  names(names: readonly string[]): readonly string[] {
    if (names.length > maxSharedNames) return names;
    const known = this.#namesByLength[names.length];
    return arraysEqual(known, names) ? known! : (this.#namesByLength[names.length] = names);
  }

  /** Returns the object that was last interned for this field, when it equals the incoming one; else a new one. */
  object<Shape extends object>(field: string, incoming: Shape): SharedObject<Shape> {
    const last = this.#objects.get(field) as SharedObject<Shape> | undefined;
    if (last?.equals(incoming) === true) return last;
    const own = new SharedObject(incoming, this);
    this.#objects.set(field, own);
    return own;
  }
}

const maxSharedNames = 100;

/**
 * Named values as a record holds them: user data, queues, the content of an email. Immutable.
 *
 * Servers repeat them in almost every message, so the cost lies in finding that nothing changed. Names and values are
 * held as lists, which are compared in step with what a message carries; the frozen object that callers read is made on
 * demand.
 */
export class SharedObject<Shape extends object> {
  readonly #names: readonly string[];
  readonly #values: readonly unknown[];
  #object: Shape | undefined;

  /** Copies what a message carries. Names are any text, so none is ever assigned to an object that has a prototype. */
  constructor(incoming: Shape, pool?: InternPool) {
    const names = Object.keys(incoming);
    this.#names = pool === undefined ? names : pool.names(names);
    this.#values = Object.values(incoming);
  }

  /** The public form: frozen and without a prototype. The same object on each call. */
  get object(): Shape {
    return (this.#object ??= this.#makeObject());
  }

  /** Whether these are the same names with the same values, in the same order. */
  equals(incoming: object): boolean {
    const values = incoming as Readonly<Record<string, unknown>>;
    let index = 0;
    for (const name in incoming) {
      if (name !== this.#names[index] || values[name] !== this.#values[index]) return false;
      index++;
    }
    return index === this.#names.length;
  }

  /** Returns the incoming values as a whole in place of these, unless they are the same in another order. */
  replace(incoming: Shape, pool?: InternPool): SharedObject<Shape> {
    if (this.equals(incoming)) return this;
    const other = new SharedObject(incoming, pool);
    return this.#isReordered(other) ? this : other;
  }

  /** Returns both together: incoming values replace held ones, or only fill what is missing; the rest stays. */
  merge(incoming: Shape, fillOnly: boolean, pool?: InternPool): SharedObject<Shape> {
    if (this.equals(incoming)) return this;
    const held = this.object;
    for (const name in incoming) {
      if (isSameValue(incoming[name], held[name]) || (fillOnly && held[name] !== undefined)) continue;
      return new SharedObject(fillOnly ? { ...incoming, ...held } : { ...held, ...incoming }, pool);
    }
    return this;
  }

  /** Returns what `JSON.stringify` writes. */
  toJSON(): object {
    return this.object;
  }

  #isReordered(other: SharedObject<Shape>): boolean {
    if (other.#names === this.#names || other.#names.length !== this.#names.length) return false;
    const held = this.object as Readonly<Record<string, unknown>>;
    return other.#names.every((name, index) => name in held && held[name] === other.#values[index]);
  }

  #makeObject(): Shape {
    const made = Object.create(null) as Record<string, unknown>;
    for (const [index, name] of this.#names.entries()) made[name] = this.#values[index];
    return Object.freeze(made) as Shape;
  }
}

/** Compares by content: extras may have a structure, which is new in each message. Deeper levels count as changed. */
function isSameValue(one: unknown, other: unknown, levels = 5): boolean {
  if (one === other) return true;
  if (!isObject(one) || !isObject(other)) return false;
  const keys = Object.keys(one);
  if (levels === 0 || Array.isArray(one) !== Array.isArray(other)) return false;
  if (keys.length !== Object.keys(other).length) return false;
  const [left, right] = [one as Record<string, unknown>, other as Record<string, unknown>];
  return keys.every((key) => Object.hasOwn(right, key) && isSameValue(left[key], right[key], levels - 1));
}
