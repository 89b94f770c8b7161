import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createServer, type InlineConfig, type ViteDevServer } from "vite";
import { afterAll, beforeAll, beforeEach } from "vitest";
import { simulatorOf } from "../../demo/server/simulator-plugin.ts";
import type { Simulator } from "../../src/simulator/index.ts";
import { findChromium } from "./chromium.ts";
import { stillClient } from "./still-client.ts";

/** The demo or an example, served as by its own command. */
export interface ServedApp {
  readonly url: string;
  /** The contact centre beside it. Each test begins with one where nobody is Ready and no customer is. */
  readonly simulator: Simulator;
}

/**
 * Has Vite serve an app of this repository, by the config in its folder, to the tests of a file.
 *
 * @param more - what a test adds to that config.
 */
export function useApp(folder: URL, more: InlineConfig = {}): () => ServedApp {
  let vite: ViteDevServer | undefined;
  let cacheDir: string | undefined;
  beforeAll(async () => {
    if (findChromium() === undefined) return;
    cacheDir = await mkdtemp(join(tmpdir(), "deskstate-app-"));
    vite = await createServer({
      ...more,
      root: fileURLToPath(folder),
      cacheDir,
      logLevel: "error",
      plugins: [stillClient()],
      server: { port: 0, hmr: false, ws: false, watch: null },
    });
    await vite.listen();
  });
  beforeEach(async () => {
    if (vite === undefined) return;
    const simulator = simulatorOf(vite);
    simulator.faults.clear();
    await simulator.restart({ forget: "everything" });
  });
  afterAll(async () => {
    await vite?.close();
    if (cacheDir !== undefined) await rm(cacheDir, { recursive: true, force: true });
  });

  return () => {
    const [url] = vite?.resolvedUrls?.local ?? [];
    if (vite === undefined || url === undefined) throw new Error("An app is served in a test only.");
    return { url, simulator: simulatorOf(vite) };
  };
}
