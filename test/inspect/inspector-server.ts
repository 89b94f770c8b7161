import http from "node:http";
import type { AddressInfo, Socket } from "node:net";
import {
  createWebSocketInspector,
  createWebSocketReceiver,
  type StatelyInspectionEvent,
} from "@statelyai/inspect";
import { createInspectorServer } from "@statelyai/inspect/server";
import { onTestFinished, vi } from "vitest";
import { until } from "../link/until.ts";

/** Stately's own inspector server on loopback, and the events that a receiver of it gets. */
export interface InspectorServer {
  readonly url: string;
  /** The events that arrived at a receiver of Stately's, in order. */
  readonly received: StatelyInspectionEvent[];
  /** Cuts all connections and closes the port. */
  readonly stop: () => void;
}

/** Starts one; it is stopped when the test is over. @param port - 0 for any that is free */
export async function inspectorServer(port = 0): Promise<InspectorServer> {
  const sockets = new Set<Socket>();
  // Stately has neither the port nor the connections in its API, so its HTTP server is intercepted.
  const create = vi.spyOn(http, "createServer");
  const server = createInspectorServer({ autoOpen: false, port });
  const listening = create.mock.results[0]!.value as http.Server;
  create.mockRestore();
  listening.on("connection", (socket: Socket) => sockets.add(socket));
  if (!listening.listening) await new Promise((resolve) => listening.once("listening", resolve));
  const url = `ws://127.0.0.1:${(listening.address() as AddressInfo).port}`;
  const received: StatelyInspectionEvent[] = [];
  createWebSocketReceiver({ server: url }).subscribe((event) => void received.push(event));
  const stop = () => {
    server.stop();
    for (const socket of sockets) socket.end();
  };
  onTestFinished(stop);
  return { url, received, stop };
}

/** A real inspector that is connected to this server, with a watcher who is, too. */
export async function connectedInspector({ url, received }: InspectorServer, maxDeferredEvents = 200) {
  const inspector = createWebSocketInspector({ url, maxDeferredEvents });
  onTestFinished(() => inspector.stop());
  inspector.actor("probe");
  await until("the inspector and its watcher are connected", () => received.length > 0);
  received.length = 0;
  return inspector;
}

/** A port of this machine without a server. */
export async function freePort(): Promise<number> {
  const server = http.createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
