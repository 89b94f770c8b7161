import type { Readable } from "./readable.ts";

/** Gives a handle a getter for each of these properties of its snapshots, which reads the snapshot of the moment. */
export function defineGetters(handle: object, properties: readonly string[]): void {
  for (const property of properties) {
    Object.defineProperty(handle, property, {
      enumerable: true,
      get(this: Readable<Record<string, unknown>>) {
        return this.getSnapshot()[property];
      },
    });
  }
}
