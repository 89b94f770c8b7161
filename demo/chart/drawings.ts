/// <reference types="vite/client" />

const files = import.meta.glob<string>("./generated/*.svg", {
  query: "?raw",
  import: "default",
  eager: true,
});

/**
 * The drawings of all charts by the name of the chart, as React takes HTML. Each is one object that stays the same:
 * React would write the same HTML again for another object, and remove what is lit in it.
 */
export const drawings: ReadonlyMap<string, { readonly __html: string }> = new Map(
  Object.entries(files).map(([path, svg]) => [path.replace(/^.*\/|\.svg$/g, ""), { __html: svg }]),
);
