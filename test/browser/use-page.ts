import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { build, defaultClientConditions, type Rolldown } from "vite";
import { beforeAll, onTestFinished } from "vitest";
import type { Simulator } from "../../src/simulator/index.ts";
import { findChromium } from "./chromium.ts";
import { passOn } from "../../demo/server/pass-on.ts";

/** Serves the page, with the API of this simulator under `/api` of the same origin. Resolves with its address. */
export type ServePage = (simulator: Pick<Simulator, "url">) => Promise<string>;

const root = fileURLToPath(new URL("./page/", import.meta.url));

/** Bundles the page once for the tests of this file, with deskstate from its source, and serves it from memory. */
export function usePage(): ServePage {
  let files = new Map<string, string | Uint8Array>();
  beforeAll(async () => {
    if (findChromium() !== undefined) files = await bundle();
  });

  return async (simulator) => {
    const server = createServer((request, response) => {
      const { url = "/" } = request;
      if (url.startsWith("/api/")) return passOn(request, response, simulator.url);
      const content = files.get(url === "/" ? "/index.html" : url);
      // A browser asks for a favicon by itself, and that must not look like a failed request of the page.
      if (content === undefined) response.writeHead(204).end();
      else response.writeHead(200, { "Content-Type": typeOf(url) }).end(content);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => close(server));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  };
}

/** Returns the files of the page by their address. */
async function bundle(): Promise<Map<string, string | Uint8Array>> {
  const built = (await build({
    configFile: false,
    root,
    logLevel: "error",
    resolve: { conditions: ["deskstate-source", ...defaultClientConditions] },
    build: { write: false, minify: false, modulePreload: false, target: "es2023" },
  })) as Rolldown.RolldownOutput;
  return new Map(
    built.output.map((file) => [`/${file.fileName}`, file.type === "chunk" ? file.code : file.source]),
  );
}

function typeOf(url: string): string {
  return url.endsWith(".js") ? "text/javascript" : "text/html";
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
