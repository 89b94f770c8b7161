import type { ListContent } from "./dialect.ts";

/** What several lists say together. */
export function together(contents: readonly ListContent[]) {
  return {
    facts: contents.flatMap(({ facts }) => facts),
    anomalies: contents.flatMap(({ anomalies }) => anomalies),
    ids: new Set(contents.flatMap(({ ids }) => [...ids])),
  };
}
