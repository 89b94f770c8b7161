import { mkdtemp, rm } from "node:fs/promises";
import { createServer as createHttpServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createServer, defaultClientConditions, type PluginOption, type ViteDevServer } from "vite";
import { afterAll, beforeAll, onTestFinished } from "vitest";
import type { Simulator } from "../../src/simulator/index.ts";
import { findChromium } from "./chromium.ts";
import { passOn } from "../../demo/server/pass-on.ts";
import { stillClient } from "./still-client.ts";

/** Which page to serve. */
export interface PageOptions {
  /** The folder with its `index.html`. */
  readonly root: URL;
  readonly plugins?: readonly PluginOption[];
  /** Packages that the page loads beyond those of deskstate; each has to be named. */
  readonly packages?: readonly string[];
}

/** Serves the page, with the API of this simulator under `/api` of the same origin. Gives its address. */
export type ServePage = (simulator: Pick<Simulator, "url">) => Promise<string>;

/** Has Vite serve a page to the tests of this file, with deskstate from its source. */
export function usePage({ root, plugins = [], packages = [] }: PageOptions): ServePage {
  let vite: ViteDevServer | undefined;
  let cacheDir: string | undefined;
  beforeAll(async () => {
    if (findChromium() === undefined) return;
    cacheDir = await mkdtemp(join(tmpdir(), "deskstate-page-"));
    vite = await createServer({
      configFile: false,
      root: fileURLToPath(root),
      cacheDir,
      logLevel: "error",
      plugins: [...plugins, stillClient()],
      resolve: { conditions: ["deskstate-source", ...defaultClientConditions] },
      server: { middlewareMode: true, hmr: false, ws: false, watch: null },
      // Bundled once before the first page, and nothing is found later: a second bundling would break pages that are open.
      optimizeDeps: { include: ["cometd", "immer", "xstate", ...packages], noDiscovery: true },
    });
  });
  afterAll(async () => {
    await vite?.close();
    if (cacheDir !== undefined) await rm(cacheDir, { recursive: true, force: true });
  });

  return async (simulator) => {
    if (vite === undefined) throw new Error("A page can be served in a test only.");
    const { middlewares } = vite;
    const server = createHttpServer((request, response) => {
      // What a browser asks for by itself is no failed request of the page.
      if (request.url === "/favicon.ico") response.writeHead(204).end();
      else if (request.url?.startsWith("/api/")) passOn(request, response, simulator.url);
      else middlewares(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => close(server));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  };
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
