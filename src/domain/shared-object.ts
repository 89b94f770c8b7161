import { isObject } from "./anomaly.ts";
import { arraysEqual } from "./arrays.ts";

/**
 * Named values as a record holds them: user data, queues, the content of an email. Immutable.
 *
 * Servers repeat them in almost every message, so what costs is to find that nothing changed. Names and values are held
 * as lists, which are compared in step with what a message tells; the frozen object that people see is made when
 * somebody looks.
 */
export class SharedObject<Shape extends object> {
  readonly #names: readonly string[];
  readonly #values: readonly unknown[];
  #object: Shape | undefined;

  /** A copy of what was told. Names are any text, so none is ever assigned to an object that has a prototype. */
  constructor(told: Shape) {
    this.#names = shareNames(Object.keys(told));
    this.#values = Object.values(told);
  }

  /** What people see: frozen and without a prototype. The same object on each call. */
  get object(): Shape {
    return (this.#object ??= this.#makeObject());
  }

  /** Are these the same names with the same values, in the same order? */
  equals(told: object): boolean {
    const values = told as Readonly<Record<string, unknown>>;
    let index = 0;
    for (const name in told) {
      if (name !== this.#names[index] || values[name] !== this.#values[index]) return false;
      index++;
    }
    return index === this.#names.length;
  }

  /** As a whole: what is told takes the place of this, unless it is the same in another order. */
  replace(told: Shape): SharedObject<Shape> {
    if (this.equals(told)) return this;
    const other = new SharedObject(told);
    return this.#isReordered(other) ? this : other;
  }

  /** One by one: what is told replaces what is held, or only fills what is missing; what is not told stays. */
  merge(told: Shape, fillsOnly: boolean): SharedObject<Shape> {
    if (this.equals(told)) return this;
    const held = this.object;
    for (const name in told) {
      if (isSameValue(told[name], held[name]) || (fillsOnly && held[name] !== undefined)) continue;
      return new SharedObject(fillsOnly ? { ...told, ...held } : { ...held, ...told });
    }
    return this;
  }

  /** What `JSON.stringify` writes. */
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

/** Lists of names, by their length: one routing strategy gives the same names to all its interactions. */
const namesByLength: (readonly string[])[] = [];
const maxSharedNames = 100;

function shareNames(names: readonly string[]): readonly string[] {
  if (names.length > maxSharedNames) return names;
  const known = namesByLength[names.length];
  return arraysEqual(known, names) ? known! : (namesByLength[names.length] = names);
}

/** Extras may have a structure, which is new in each message; what goes deeper than this counts as changed. */
function isSameValue(one: unknown, other: unknown, levels = 5): boolean {
  if (one === other) return true;
  if (!isObject(one) || !isObject(other)) return false;
  const keys = Object.keys(one);
  if (levels === 0 || Array.isArray(one) !== Array.isArray(other)) return false;
  if (keys.length !== Object.keys(other).length) return false;
  const [left, right] = [one as Record<string, unknown>, other as Record<string, unknown>];
  return keys.every((key) => Object.hasOwn(right, key) && isSameValue(left[key], right[key], levels - 1));
}
