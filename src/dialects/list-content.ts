import type { ListContent } from "./dialect.ts";

/** Joins the contents of several lists. */
export function together(contents: readonly ListContent[]) {
  return {
    facts: contents.flatMap(({ facts }) => facts),
    anomalies: contents.flatMap(({ anomalies }) => anomalies),
    ids: new Set(contents.flatMap(({ ids }) => [...ids])),
  };
}
