import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { inject } from "vitest";
import { passOn } from "../../demo/server/pass-on.ts";

/** A server of one app of this repository. */
export interface Origin {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/**
 * Serves an app at an origin of its own.
 *
 * @param folder - the app's folder in this repository, such as `demo`.
 * @param handle - answers the requests that are not for files of the app. @returns whether it answers this one
 */
export async function serveOrigin(
  folder: string,
  handle: (request: IncomingMessage, response: ServerResponse) => boolean,
): Promise<Origin> {
  const builds = inject("buildsUrl");
  const server = createServer((request, response) => {
    // Requested by the browser itself; a 404 would be an error on the page's console.
    if (request.url === "/favicon.ico") response.writeHead(204).end();
    else if (!handle(request, response)) {
      request.url = `/${encodeURIComponent(folder)}${request.url}`;
      passOn(request, response, builds);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
