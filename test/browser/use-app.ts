import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, beforeEach } from "vitest";
import { createDemoSimulator } from "../../demo/server/demo-simulator.ts";
import { simulatorOf } from "../../demo/server/simulator-plugin.ts";
import type { Simulator } from "../../src/simulator/index.ts";
import { findChromium } from "./chromium.ts";
import { serveOrigin } from "./serve-origin.ts";
import { stillClient } from "./still-client.ts";

/** An app of this repository, served to the tests of a file. */
export interface ServedApp {
  readonly url: string;
  /** The contact centre beside it. Each test begins without customers, and with all channels NotReady. */
  readonly simulator: Simulator;
}

/** Longer than any test: an offer ends, and a cut network comes back, only when the test does it. */
const never = 600_000;
const settings = { agents: 2, offerTimeout: never, cutDuration: never, restartDuration: 200 };

/**
 * Serves a built app to the tests of a file.
 *
 * @param folder - the app's folder in this repository, such as `demo`.
 */
export function useApp(folder: string): () => ServedApp {
  return useServed(async () => {
    const { simulator, start, stop, handle } = createDemoSimulator(settings);
    await start();
    const origin = await serveOrigin(folder, (request, response) => handle(request, response, console.error));
    return {
      url: origin.url,
      simulator,
      async close() {
        await origin.close();
        await stop();
      },
    };
  });
}

/**
 * Serves an app to the tests of a file as its own command does: by Vite's development server, with its own config.
 *
 * @param packages - packages that a test loads beyond those of the app.
 */
export function useDevelopmentServer(folder: string, packages: readonly string[] = []): () => ServedApp {
  return useServed(async () => {
    // Loaded here, because only these tests need Vite in their own process.
    const { createServer } = await import("vite");
    const cacheDir = await mkdtemp(join(tmpdir(), "deskstate-app-"));
    const vite = await createServer({
      root: fileURLToPath(new URL(`../../${folder}/`, import.meta.url)),
      cacheDir,
      logLevel: "error",
      plugins: [stillClient()],
      server: { port: 0, hmr: false, ws: false, watch: null },
      optimizeDeps: { include: [...packages] },
    });
    await vite.listen();
    return {
      url: vite.resolvedUrls?.local[0] ?? "",
      simulator: simulatorOf(vite),
      async close() {
        await vite.close();
        await rm(cacheDir, { recursive: true, force: true });
      },
    };
  });
}

/** Serves an app during the tests of a file; each of them begins with a simulator that has forgotten everything. */
function useServed(
  serve: () => Promise<ServedApp & { readonly close: () => Promise<void> }>,
): () => ServedApp {
  let served: (ServedApp & { readonly close: () => Promise<void> }) | undefined;
  beforeAll(async () => {
    if (findChromium() !== undefined) served = await serve();
  });
  beforeEach(async () => {
    if (served === undefined) return;
    served.simulator.faults.clear();
    await served.simulator.restart({ forget: "everything" });
  });
  afterAll(() => served?.close());
  return () => {
    if (served === undefined) throw new Error("An app is served during tests only.");
    return served;
  };
}
