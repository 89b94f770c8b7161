import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { build, defaultClientConditions } from "vite";

const root = fileURLToPath(new URL("../../", import.meta.url));
const types: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
};

type Files = ReadonlyMap<string, string | Uint8Array>;

/**
 * Serves the apps of this repository, each built once, when the first of its files is requested. The address of a file is
 * the app's folder as one part, then its path, such as `/examples%2Freact-desk/index.html`.
 */
export async function serveBuilds(): Promise<{ readonly url: string; readonly close: () => Promise<void> }> {
  const apps = new Map<string, Promise<Files>>();
  const server = createServer((request, response) => {
    const [, app = "", ...path] = new URL(request.url ?? "", "http://builds").pathname.split("/");
    const folder = decodeURIComponent(app);
    const files = apps.get(folder) ?? buildApp(folder);
    apps.set(folder, files);
    files.then(
      (built) => respond(response, path.join("/") || "index.html", built),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Builds an app in memory, with the checks of a development build of its framework. */
async function buildApp(folder: string): Promise<Files> {
  const result = await build({
    root: `${root}${folder}`,
    mode: "development",
    logLevel: "error",
    define: { "process.env.NODE_ENV": '"development"' },
    resolve: { conditions: ["deskstate-source", ...defaultClientConditions] },
    build: { write: false, minify: false, modulePreload: false },
  });
  const outputs = [result].flat().flatMap((one) => ("output" in one ? one.output : []));
  return new Map(outputs.map((file) => [file.fileName, file.type === "chunk" ? file.code : file.source]));
}

function respond(response: ServerResponse, path: string, files: Files): void {
  const file = files.get(path);
  if (file === undefined) return void response.writeHead(404).end();
  response
    .writeHead(200, { "Content-Type": `${types[extname(path)] ?? "text/plain"}; charset=utf-8` })
    .end(file);
}
