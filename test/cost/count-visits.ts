/*
 * Counts how many elements of arrays, maps and sets are looked at while something runs: by iterators (for … of, spread,
 * Array.from and the like), by methods that walk through all, and by those that copy. What walks by index is not seen.
 */

type Method = (this: unknown, ...given: unknown[]) => unknown;
type Methods = Record<string | symbol, Method>;

const walking = {
  array: [
    ...["concat", "copyWithin", "every", "fill", "filter", "find", "findIndex", "findLast", "findLastIndex"],
    ...[
      "flat",
      "flatMap",
      "forEach",
      "includes",
      "indexOf",
      "join",
      "lastIndexOf",
      "map",
      "reduce",
      "reduceRight",
    ],
    ...[
      "reverse",
      "shift",
      "slice",
      "some",
      "sort",
      "splice",
      "toReversed",
      "toSorted",
      "toSpliced",
      "unshift",
      "with",
    ],
  ],
  iterating: ["entries", "keys", "values", Symbol.iterator],
  object: ["assign", "entries", "keys", "values", "fromEntries", "getOwnPropertyNames"],
} as const;

/** Runs it, and gives how many elements were looked at. */
export function countVisits(run: () => void): number {
  let visits = 0;
  const undo: (() => void)[] = [];
  const replace = (owner: object, name: string | symbol, make: (original: Method) => Method): void => {
    const methods = owner as Methods;
    const original = methods[name]!;
    const replacement = make(original);
    methods[name] = replacement;
    undo.push(() => {
      methods[name] = original;
    });
  };
  const countSize = (original: Method): Method =>
    function (...given) {
      visits += sizeOf(this);
      return original.apply(this, given);
    };
  const countGiven = (original: Method): Method =>
    function (...given) {
      const result = original.apply(this, given);
      visits +=
        sizeOf(result) + (Array.isArray(result) ? 0 : sizeOf(Reflect.ownKeys(Object(result) as object)));
      return result;
    };
  const countSteps = (original: Method): Method =>
    function (...given) {
      const iterator = original.apply(this, given) as Iterator<unknown> & Iterable<unknown>;
      const next = iterator.next.bind(iterator);
      iterator.next = () => {
        visits++;
        return next();
      };
      return iterator;
    };
  for (const name of walking.array) replace(Array.prototype, name, countSize);
  for (const owner of [Map.prototype, Set.prototype]) replace(owner, "forEach", countSize);
  for (const owner of [Array.prototype, Map.prototype, Set.prototype]) {
    for (const name of walking.iterating) replace(owner, name, countSteps);
  }
  for (const name of walking.object) replace(Object, name, countGiven);
  visits = 0;
  try {
    run();
  } finally {
    for (let index = undo.length - 1; index >= 0; index--) undo[index]!();
  }
  return visits;
}

function sizeOf(value: unknown): number {
  if (Array.isArray(value)) return value.length;
  return value instanceof Map || value instanceof Set ? value.size : 0;
}
