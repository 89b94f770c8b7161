import { createRequire } from "node:module";

/** Returns the version of the package, which resolves itself by its own name, from its sources and when built. */
export function packageVersion(): string {
  const { version } = createRequire(import.meta.url)("deskstate/package.json") as { version: string };
  return version;
}
