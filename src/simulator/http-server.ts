import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo, Socket } from "node:net";

/** A server on loopback that can be stopped and started on the same port and knows its connections. */
export interface HttpServer {
  /** Listens; answers the port. Rejects when the port is taken. */
  open(port: number): Promise<number>;
  /** Stops listening and cuts every connection. */
  close(): Promise<void>;
  /** Notes who uses a connection, for {@link HttpServer.drop}. */
  belongsTo(socket: Socket, user: string): void;
  /** Cuts the connections last used by this user, or all. */
  drop(user?: string): void;
  refuseConnections(on: boolean): void;
}

export function createHttpServer(
  serve: (request: IncomingMessage, response: ServerResponse) => void,
): HttpServer {
  const sockets = new Map<Socket, string | undefined>();
  let refusing = false;
  const server = createServer(serve);
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

  function drop(user?: string): void {
    for (const [socket, owner] of sockets) if (user === undefined || owner === user) socket.destroy();
  }

  return {
    open: (port) =>
      new Promise((resolve, reject) => {
        server.once("error", reject);
        server.listen(port, "127.0.0.1", () => {
          server.off("error", reject);
          resolve((server.address() as AddressInfo).port);
        });
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        drop();
      }),
    belongsTo(socket, user) {
      if (sockets.has(socket)) sockets.set(socket, user);
    },
    drop,
    refuseConnections: (on) => {
      refusing = on;
    },
  };
}
