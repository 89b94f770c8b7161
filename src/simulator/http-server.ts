import { type IncomingMessage, type ServerResponse, createServer } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { finished } from "node:stream";
import { type HttpConnection, type SimHttpRequest, type HttpResponse, maxBodyBytes } from "./http.ts";

/**
 * Creates a server on loopback that can be stopped and started on the same port and knows its connections. It puts
 * `node:http` before a function from request to response; `undefined` cuts the connection.
 */
export function createHttpServer(
  handle: (request: SimHttpRequest, connection: HttpConnection) => Promise<HttpResponse | undefined>,
) {
  const sockets = new Map<Socket, string | undefined>();
  let refusing = false;
  const server = createServer((request, response) => void serve(request, response));
  // Longer than any pause between two requests of a client, so that it does not find its connection closed.
  server.keepAliveTimeout = 60_000;
  server.on("connection", (socket) => {
    if (refusing) {
      socket.destroy();
      return;
    }
    sockets.set(socket, undefined);
    socket.on("close", () => sockets.delete(socket));
  });

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request).catch(() => undefined);
    // A connection that broke while its body was read cannot be answered.
    if (body === undefined) return;
    const { method = "", url = "", headers, socket } = request;
    const answer = await handle(
      { method, url, body, header: (name) => headers[name]?.toString() },
      {
        identify(user) {
          if (sockets.has(socket)) sockets.set(socket, user);
        },
        sent: () => new Promise((resolve) => finished(response, () => afterTurns(resolve))),
        readByClients: () => new Promise((resolve) => afterTurns(resolve)),
      },
    );
    if (answer === undefined) socket.destroy();
    else response.writeHead(answer.status, answer.headers).end(answer.body);
  }

  /** Cuts the connections last used by this user, or all. */
  function drop(user?: string): void {
    for (const [socket, owner] of sockets) if (user === undefined || owner === user) socket.destroy();
  }

  return {
    /** Listens, and resolves with the port. Rejects when the port is taken. */
    open: (port: number) =>
      new Promise<number>((resolve, reject) => {
        server.once("error", reject);
        server.listen(port, "127.0.0.1", () => {
          server.off("error", reject);
          resolve((server.address() as AddressInfo).port);
        });
      }),
    /** Stops listening and cuts every connection. */
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        drop();
      }),
    drop,
    refuseConnections: (on: boolean) => {
      refusing = on;
    },
  };
}

async function readBody(request: IncomingMessage): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    // The rest of a body that is too large is read and forgotten.
    if (size <= maxBodyBytes) chunks.push(chunk);
    size += chunk.length;
  }
  return Buffer.concat(chunks);
}

/**
 * Lets a client in the same process read what was just written, before the next is written: response and
 * notification travel on different connections, which keep no order between them.
 */
function afterTurns(run: () => void, turns = 4): void {
  setImmediate(() => (turns > 1 ? afterTurns(run, turns - 1) : run()));
}
