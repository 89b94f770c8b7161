import type { Readable } from "./readable.ts";

/** Gives a class of handles one getter per snapshot property, each of which reads the snapshot of the moment. */
export function defineGetters(
  handle: { readonly prototype: Readable<object> },
  properties: readonly string[],
): void {
  for (const property of properties) {
    Object.defineProperty(handle.prototype, property, {
      enumerable: true,
      get(this: Readable<object>) {
        return (this.getSnapshot() as Record<string, unknown>)[property];
      },
    });
  }
}
